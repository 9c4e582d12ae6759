/**
 * Words around which people build the passwords that are guessed first. Put together by hand for this product, after
 * the words that head every published list of leaked passwords: English and keyboard words, words of administration in
 * English and pinyin, words of affection, names of firms and heroes. Numbers, years, rows of keys and repeated signs need
 * no entry: `isCommon` takes them away by rule.
 */
export const commonWords: readonly string[] = `
password passwort passwd passcode pass pwd secret default changeme letmein welcome login signin logon access guest user
username test tester testing demo sample temp temporary admin administrator root system sysadmin manager master super
superuser supervisor operator service server oracle mysql postgres database backup computer internet network windows
microsoft office office365 google apple iphone android samsung huawei xiaomi lenovo tencent weixin wechat alibaba taobao
alipay baidu jingdong douyin facebook twitter linkedin hello helloworld nihao iloveyou loveyou love lovely lover forever
sunshine princess prince queen king dragon monkey tiger lion panda eagle falcon phoenix wolf horse rabbit kitty puppy
butterfly flower rose jasmine lily cherry orange banana apple peach cookie chocolate coffee pepper ginger summer winter
spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december morning night angel baby babygirl babyboy boy girl mother father family friend friends
happy lucky smile freedom whatever nothing trustno1 trust money dollar diamond silver golden gold star superstar superman
batman spiderman ironman pokemon naruto starwars matrix hunter killer ninja samurai shadow ghost hacker cheese football
soccer baseball basketball hockey tennis golf yankees arsenal liverpool chelsea barcelona madrid ferrari porsche mercedes
toyota honda harley mustang corvette michael jordan jennifer jessica michelle ashley daniel thomas robert charlie george
andrew joshua matthew anthony nicole hannah amanda maggie buster bailey china chinese zhongguo beijing shanghai guangzhou
shenzhen tianjin chongqing fujian fuzhou xiamen zhejiang jiangsu guangdong shandong sichuan hunan hubei henan hebei
woaini woaiwo aini nishishui wodemima mima mimamima mimashi denglu zhanghao yonghu guanli guanliyuan xitong ceshi yanshi
laoshi xuesheng xuexiao xiaozhang jiaoshi jiaoyu jiaoyuju jiaoyujv dudao duxue school student teacher education
principal kaixin kuaile xingfu pingan jiankang facai fafafa baobei baobao laopo laogong qinqin mama baba jiejie gege didi
meimei wangba shabi caonima tamade wocao qwerty qwertyui qwert qazwsx qazwsxedc wsxedc asdf asdfg asdfgh asdfghjkl zxcvb
zxcvbn zxcvbnm zxcv qweasd qweasdzxc qwe asd zxc qaz wsx edc rfv qwaszx azerty abc abcd abcde abcdef abcdefg abcdefgh
abcabc aaa aabbcc aabb abcxyz xyz dddd qqqq wwww
`
  .trim()
  .split(/\s+/);

/** Signs that people put for letters. */
const letters: Readonly<Record<string, string>> = {
  ...{ '@': 'a', '4': 'a', '8': 'b', '3': 'e', '1': 'l', '!': 'i', '0': 'o' },
  ...{ $: 's', '5': 's', '7': 't', '+': 't', '2': 'z' },
};

const byLength = [...new Set(commonWords)].sort((a, b) => b.length - a.length);

/** What is left of a text when common words are taken out of it, the longest first; one mark stands for each. */
function withoutWords(text: string): string {
  let left = text;
  for (const word of byLength) left = left.replaceAll(word, ' ');
  return left;
}

/**
 * Whether a password is a common word with the usual ornaments: capitals, signs in place of letters, and numbers or signs
 * around it or between two of them. Fewer than five letters of its own make it common. Characters beyond the Latin
 * alphabet are its own, each counting for two.
 * @param password as typed
 */
export function isCommonPassword(password: string): boolean {
  const typed = password.toLowerCase();
  const folded = [...typed].map((sign) => letters[sign] ?? sign).join('');
  // Only the letters of what was typed count: those that stand for digits make words and are no letters of their own.
  const own = (text: string) => [...withoutWords(text)].reduce((sum, sign) => sum + weight(sign), 0);
  return own(typed) < 5 || own(foldedWhereWord(typed, folded)) < 5;
}

function weight(sign: string): number {
  if (/[a-z]/.test(sign)) return 1;
  return sign.codePointAt(0)! > 127 ? 2 : 0;
}

/** The typed text in which every stretch that folds to a common word is that word. */
function foldedWhereWord(typed: string, folded: string): string {
  let text = typed;
  let at = folded;
  for (const word of byLength) {
    if (word.length < 4) break;
    for (let found = at.indexOf(word); found >= 0; found = at.indexOf(word)) {
      const gap = ' '.repeat(word.length);
      text = text.slice(0, found) + gap + text.slice(found + word.length);
      at = at.slice(0, found) + gap + at.slice(found + word.length);
    }
  }
  return text;
}
