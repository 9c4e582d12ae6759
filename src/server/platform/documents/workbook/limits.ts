import { problem } from '#domain/kit/problem.ts';
import { cellAddress } from '../cell-address.ts';

/**
 * The limits of reading a workbook. A text is cut at `textLength`, and its cell then has a fault: nobody takes the beginning
 * of a text for the whole. `walked` limits the number of items looked at, whether they hold anything or not; `characters` limits the
 * texts of all cells together. `ranges` limits the merged, filtered and hidden ranges of a workbook. Rows and columns are those that hold something.
 */
export interface ReadLimits {
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  readonly walked: number;
  readonly ranges: number;
  /** Cells below the first one of merged ranges. */
  readonly merged: number;
  readonly textLength: number;
  readonly characters: number;
}

/** The remaining share of its limits for one workbook. */
export class Budget {
  readonly limits: ReadLimits;
  #walked = 0;
  #cells = 0;
  #characters = 0;
  #ranges = 0;
  #merged = 0;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  /** Counts a row, a cell or another small thing that was looked at. */
  walk(): void {
    this.#walked += 1;
    if (this.#walked > this.limits.walked) throw beyond(`${this.limits.walked} 个单元格，含空白的`);
  }

  /** Counts a cell that holds something. */
  keep(sheet: string, row: number, column: number): void {
    this.#cells += 1;
    const { rows, columns, cells } = this.limits;
    if (row >= rows) throw beyond(`${rows} 行`, place(sheet, row, column));
    if (column >= columns) throw beyond(`${columns} 列`, place(sheet, row, column));
    if (this.#cells > cells) throw beyond(`${cells} 个有内容的单元格`);
  }

  /** Counts a range of merged cells, of a filter or of hidden columns. */
  countRange(): void {
    this.#ranges += 1;
    if (this.#ranges > this.limits.ranges) throw beyond(`${this.limits.ranges} 个合并、筛选和隐藏的范围`);
  }

  /** Counts the cells below the first one of a merged range: a text in the first one is read for each of them. */
  spread(cells: number): void {
    this.#merged += cells;
    if (this.#merged > this.limits.merged) throw beyond(`${this.limits.merged} 个被合并的单元格`);
  }

  countCharacters(count: number): void {
    this.#characters += count;
    if (this.#characters > this.limits.characters) throw beyond(`${this.limits.characters} 个字`);
  }
}

function place(sheet: string, row: number, column: number): string {
  return `工作表“${sheet}”的 ${cellAddress(row, column)}`;
}

function beyond(limit: string, where?: string) {
  return problem('import.tooLarge', where === undefined ? { limit } : { limit, where });
}
