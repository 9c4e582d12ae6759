/** The peoples named in the names of autonomous divisions (GB/T 3304-1991), without 族. */
const peoples = [
  ...['蒙古', '回', '藏', '维吾尔', '苗', '彝', '壮', '布依', '朝鲜', '满', '侗', '瑶', '白', '土家', '哈尼', '哈萨克'],
  ...['傣', '黎', '傈僳', '佤', '畲', '高山', '拉祜', '水', '东乡', '纳西', '景颇', '柯尔克孜', '土', '达斡尔', '仫佬'],
  ...['羌', '布朗', '撒拉', '毛南', '仡佬', '锡伯', '阿昌', '普米', '塔吉克', '怒', '乌孜别克', '俄罗斯', '鄂温克'],
  ...['德昂', '保安', '裕固', '京', '塔塔尔', '独龙', '鄂伦春', '赫哲', '门巴', '珞巴', '基诺'],
];
const named = [...peoples].sort((a, b) => b.length - a.length).join('|');
const withPeople = new RegExp(`(?:${named})族$`);
/** Five peoples are named in Xinjiang without 族. */
const ofPeople = new RegExp(`(?:(?:(?:${named})族)+|各族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)$`);

/**
 * The short name of a division: 鲤城区 → 鲤城, 瀍河回族区 → 瀍河, 延边朝鲜族自治州 → 延边. A name of two characters stays whole (沙县, 城区), and
 * so does one that would become nothing but the name of a people (鄂温克族自治旗 → 鄂温克旗).
 */
export function shortNameOf(name: string): string {
  if (name === '内蒙古自治区') return '内蒙古';
  const autonomous = /^(.+?)自治(区|州|县|旗)$/.exec(name);
  if (autonomous) {
    const [, whole = '', kind = ''] = autonomous;
    const place = whole.replace(ofPeople, '');
    if (place.length >= 2) return place;
    return place.length === 1 ? `${place}${kind}` : `${whole.replace(/族$/, '')}${kind}`;
  }
  const plain = name.replace(/(?:地区|新区|(?<=神农架)林区|(?<=六枝)特区|[省市区县盟]|(?<![左右前后中])旗)$/, '');
  const place = plain.replace(withPeople, '');
  return place.length >= 2 ? place : plain.length >= 2 ? plain : name;
}

/**
 * The short names of a list, each unique: of names that would be shortened to the same all stay whole (伊宁市 and 伊宁县).
 * @param names unique names, such as those of a province, its city and the counties of the city
 */
export function shortNamesOf(names: readonly string[]): string[] {
  const short = names.map(shortNameOf);
  const times = new Map<string, number>();
  for (const one of short) times.set(one, (times.get(one) ?? 0) + 1);
  return short.map((one, at) => (times.get(one)! > 1 ? names[at]! : one));
}
