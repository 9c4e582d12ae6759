import type { CellMark } from '../filing.workbook.ts';

/** The heading of a group of findings, by its cause. */
export const causeTitles: Readonly<Record<string, string>> = {
  'unknown-school': '学校标识码不在本单位应报学校之中',
  'unknown-name': '本单位暂无标识码的应报学校中没有这个名称',
  'ambiguous-school': '同名的学校不止一所，没有学校标识码无法分辨',
  'duplicate-school': '同一所学校出现了不止一行',
  'doubtful-row': '分不清是一所学校，还是合计或编号的行',
  'duplicate-field': '同一个数据项出现了不止一次，请只保留一处',
  'not-applicable': '这所学校没有这一学段，不用填',
  'error-cell': '单元格是 Excel 错误值',
  date: '单元格是日期',
  boolean: '单元格是逻辑值',
  empty: '公式没有保存计算结果',
  'not-a-number': '标为数字，内容却不是数字',
  digits: '超过 15 位的数',
  flaw: '文字过长，或有无法保存的字符',
  explanation: '情况说明不能这样写',
  locked: '这份填报或这个数据项当前不能改',
  type: '不是数字',
  integer: '应为整数',
  precision: '小数位数过多',
  minimum: '数值过小',
  maximum: '数值过大',
  choice: '不在可选范围内',
  change: '与去年相比变动过大，写入后须说明',
};

/** Everything that is wrong with a cell, in the order in which it was found: what forbids writing comes first. */
export class Marks {
  readonly #marks = new Map<string, CellMark>();

  add(key: string, weight: CellMark['weight'], sentence: string): void {
    const earlier = this.#marks.get(key);
    const said = weight === 'hard' ? sentence : `疑点，可写入：${sentence}`;
    this.#marks.set(key, {
      weight: earlier?.weight === 'hard' ? 'hard' : weight,
      comment: earlier === undefined ? said : `${earlier.comment}\n${said}`,
    });
  }

  get list(): [string, CellMark][] {
    return [...this.#marks];
  }
}
