import type { z } from 'zod';
import type { importPreview } from '#contract/filings.import.ts';
import { longestExplanation } from '#domain/filing/cells.ts';
import { allowedValues } from '#domain/filing/values.ts';
import type { FilledCell, FilledExplanation, StrayCell } from './filing.import.ts';
import type { FullFiling } from './filing.store.ts';

type Group = z.output<typeof importPreview>['groups'][number];
type ImportError = Group['errors'][number];

/** What is wrong, by its cause. */
export const titles: Readonly<Record<string, string>> = {
  'unknown-school': '学校标识码不在本单位应报学校之中',
  'duplicate-school': '同一所学校出现了不止一行',
  'duplicate-field': '同一个数据项出现了不止一次，请只保留一处',
  'not-applicable': '这所学校没有这一学段，不用填',
  'error-cell': '单元格是 Excel 错误值',
  date: '单元格是日期',
  boolean: '单元格是逻辑值',
  'not-a-number': '标为数字，内容却不是数字',
  'no-result': '公式没有保存结果',
  digits: '超过 15 位的数',
  character: '含有无法保存的字符',
  explanation: '情况说明不能写入',
  locked: '这份填报或这个数据项当前不能改',
  type: '不是数字',
  integer: '应为整数',
  precision: '小数位数过多',
  minimum: '数值过小',
  maximum: '数值过大',
  choice: '不在可选范围内',
  change: '与去年相比变动过大，写入后须说明',
};
const maximumErrors = 2000;
/** Of an explanation that is refused its beginning is shown. */
const shownText = 60;

export function cellError(cell: FilledCell, filing: FullFiling, rule: string): ImportError {
  return {
    sheet: cell.sheet,
    cell: cell.cell,
    schoolName: filing.name,
    field: cell.field.key,
    value: String(cell.raw ?? ''),
    rule,
    allowed: allowedValues(cell.field),
  };
}

export function strayError(cell: StrayCell, filings: ReadonlyMap<string, FullFiling>): ImportError {
  const filing = cell.schoolCode === null ? undefined : filings.get(cell.schoolCode);
  return {
    sheet: cell.sheet,
    cell: cell.cell,
    schoolName: filing?.name ?? cell.schoolCode ?? '',
    field: cell.field,
    value: cell.value,
    rule: `${titles[cell.cause]}。`,
    allowed: cell.cause === 'unknown-school' ? '模板中已有的学校标识码' : null,
  };
}

export function explanationError(
  { sheet, cell, field, text }: FilledExplanation,
  { name }: FullFiling,
  rule: string,
): ImportError {
  const value = text.length > shownText ? `${text.slice(0, shownText)}…` : text;
  const allowed = `${longestExplanation} 个字以内的文字`;
  return { sheet, cell, schoolName: name, field: field.key, value, rule, allowed };
}

/**
 * Errors by cause, in the order in which causes were met. All are counted; of each weight as many are kept as are shown,
 * and the hard ones take their places first: soft ones never hide what forbids writing.
 */
export class Groups {
  readonly #groups = new Map<string, Group>();
  readonly #counts = { hard: 0, soft: 0 };

  add(cause: string, weight: 'hard' | 'soft', error: ImportError, title = titles[cause]): void {
    const group = this.#groups.get(cause) ?? { cause, title: titles[cause] ?? title ?? cause, weight, errors: [] };
    this.#groups.set(cause, group);
    this.#counts[weight] += 1;
    if (this.#counts[weight] <= maximumErrors) group.errors.push(error);
  }

  /** How many errors are listed where there are more than that; else undefined. */
  get cutTo(): number | undefined {
    return this.count('hard') + this.count('soft') > maximumErrors ? maximumErrors : undefined;
  }

  get list(): Group[] {
    let left = maximumErrors;
    return ['hard', 'soft'].flatMap((weight) =>
      [...this.#groups.values()]
        .filter((group) => group.weight === weight)
        .map((group) => {
          const errors = group.errors.slice(0, left);
          left -= errors.length;
          return { ...group, errors };
        })
        .filter((group) => group.errors.length > 0),
    );
  }

  count(weight: 'hard' | 'soft'): number {
    return this.#counts[weight];
  }
}

/** Everything that is wrong with a cell, in the order in which it was found: what forbids writing comes first. */
export class Marks {
  readonly #sentences = new Map<string, string[]>();

  add(key: string, sentence: string): void {
    this.#sentences.set(key, [...(this.#sentences.get(key) ?? []), sentence]);
  }

  get list(): [string, string][] {
    return [...this.#sentences].map(([key, sentences]) => [key, sentences.join('\n')]);
  }
}
