import { foldedName } from '../text/name-folding.ts';
import { labelOf, type RowColumns, type RowContent, wordCells } from './row.ts';

/** How words are written before they are compared: traditional forms simplified, English in lower case, no marks around. */
function plainWords(text: string): string {
  const folded = foldedName(text)
    .toLowerCase()
    .replace(/[計總値數匯]/g, (character) => simplified[character]!);
  return folded.replace(/[([（].*[)\]）]$/, '').replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '');
}

const simplified: Readonly<Record<string, string>> = { 計: '计', 總: '总', 値: '值', 數: '数', 匯: '汇' };

/** 全县合计, 城区小计, 学校总数, 校均: a row with such an ending is not a school, whatever stands before it. */
const sums =
  /^.{0,10}?((合|总|小|共|累)计数?|总(数|和|量)|平均(值|数)?|均值|均数|[校县市区镇乡生]均|求和|汇总(数|行)?)(\d+所)?$/;
const englishSums =
  /^(grand|sub|overall|county|city|district|school)?totals?$|^(sum|sums|average|averages|avg|mean|means|overall)$/;
const statistics =
  /^.{0,10}?(标准差|方差|差异系数|变异系数|最大值|最小值|最高值|最低值|中位数|极差|众数|标准值|限值)$|^(max|maximum|min|minimum|median|std|stdev|cv)$/;
/** 全县, 全市各校, 其中：城区: places and kinds together. 全市实验小学 has more words after them and is a school. */
const wholes =
  /^(全|本|各|所有|全部|其中):?(国|省|市|县|区|州|盟|旗|镇|乡|村|校|学区|城区|镇区|乡村|乡镇|城市|农村|县城|县镇|集团|片区)?(公办|民办)?(普通)?(各?校|学校|小学|初中|初级中学|中学|高中|高级中学|幼儿园|九年一贯制学校|完全中学)?$/;
/** The kinds by themselves: no school is called only 城区 or 民办初中. */
const kinds =
  /^(城区|镇区|乡村|乡镇|城市|农村|县城|县镇|(公办|民办|普通|公办普通|民办普通)?(学校|小学|初中|初级中学|中学|高中|高级中学|幼儿园|九年一贯制学校|完全中学)|公办|民办)$/;
/** 城区小学, 县城中学: the sum of a kind, or a school with that name. */
const kindOrSchool = /^(城区|镇区|乡村|乡镇|城市|农村|县城|县镇)(公办|民办)?(学校|小学|初中|中学|高中|幼儿园)$/;
const counts = /^(共|计|合)?\d+(所|校|个)(学校|小学|初中|中学)?$|^[总合共计和σ]$/;
/** Sums in a list of people or other things; everything else may be a name or a content. */
const peopleSums = /^((合|总|小|共|累)计数?|总数|汇总|(共|计|合)?\d+(人|名))$/;

const remarks =
  /^(注|说明|备注|填表人|填报人|填报单位|填表单位|制表人?|审核人?|复核人?|校核人?|负责人|单位负责人|联系人|联系电话|填[报表]日期|制表日期|数据来源|资料来源)\d*[:：]/;
const units =
  /^(单位[:：]?)?(人|名|个|所|册|台|套|间|座|班|张|部|辆|位|节|件|平方米|m2|亩|米|元|万元|千元|亿元|%|人次|(人|册|台|平方米|元|万元)\/(生|人|班|百人|百生))$/;

/**
 * The words by which a row shows that it is not a record, or undefined. `isProved`: it has a 学校标识码, so that its kind is
 * part of its name.
 * `total`: a sum or a mean of others; `statistic`: 标准差 and the like; `remark`: 注：…, 填表人：…
 */
export function wordsOfNoThing(
  row: RowContent,
  columns: RowColumns,
  isProved = false,
): { readonly role: 'total' | 'statistic' | 'remark'; readonly words: string } | undefined {
  const words = wordCells(row);
  const label = labelOf(row, columns);
  const hasQuantity = row.cells.some((cell) => columns.quantities.has(cell.column) && cell.number !== undefined);
  const [first] = row.cells;
  if (first && !hasQuantity && remarks.test(foldedName(first.text))) return { role: 'remark', words: first.text };
  if (columns.things !== 'schools') {
    return peopleSums.test(plainWords(label)) ? { role: 'total', words: label } : undefined;
  }
  // The label may follow a running number or the name of a county; a remark further to the right is not a label.
  for (const { text } of words.slice(0, 3)) {
    const plain = plainWords(text);
    if (sums.test(plain) || englishSums.test(plain.replaceAll('-', ''))) return { role: 'total', words: text };
    if (statistics.test(plain)) return { role: 'statistic', words: text };
  }
  // A school that has a code may be called after its kind: 九年一贯制学校（示例）.
  if (isProved) return undefined;
  // 城区 and 公办 can also describe a school in another cell. As a label they mark a sum; elsewhere they mean nothing.
  if (label !== '' && (columns.names.size > 0 || words.length === 1)) {
    const plain = plainWords(label);
    if (counts.test(plain) || wholes.test(plain) || kinds.test(plain)) return { role: 'total', words: label };
  }
  return undefined;
}

/** Whether a row below the headings only names the units of the columns: 人, 册, （万元）. */
export function isUnitRow(row: RowContent, { quantities }: RowColumns): boolean {
  const below = row.cells.filter((cell) => quantities.has(cell.column));
  if (below.length === 0) return false;
  return row.cells.every(({ text, column }) => {
    const folded = foldedName(text).replace(/^[([]|[)\]]$/g, '');
    return units.test(folded) || (!quantities.has(column) && /^(计量)?单位[:：]?$|^[-—/]+$/.test(folded));
  });
}

const schoolEndings =
  /(小学|中学|学校|书院|学堂|学园|幼儿园|校|校区|分校|教学点|教学班|[一二三四五六七八九十\d]+[小中]|附[小中]|实[小中]|中心小|附属.*部)$/;
const placeEndings = /(省|市|县|区|州|盟|旗|镇|乡|街道|街道办|办事处|村|学区|片|局|集团)$/;

/**
 * Whether a row has the name of a school, the name of a place or kind of school, or neither. Brackets at the end do not
 * count.
 */
export function labelKind(label: string): 'school' | 'place' | 'other' | 'none' {
  const plain = plainWords(label);
  if (plain === '') return 'none';
  if (kindOrSchool.test(plain)) return 'place';
  if (schoolEndings.test(plain)) return 'school';
  return placeEndings.test(plain) ? 'place' : 'other';
}
