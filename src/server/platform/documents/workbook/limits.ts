import { problem } from '#domain/kit/problem.ts';
import { cellAddress } from '../cell-address.ts';

/**
 * What is read of a workbook. A text is cut behind `textLength`: nothing that is filled in may be longer, and what is
 * will be refused by its field. `walked` bounds what is looked at, whether it holds anything or not; `characters` bounds
 * the texts of all cells together. Rows and columns are those that hold something.
 */
export interface ReadLimits {
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  readonly walked: number;
  readonly textLength: number;
  readonly characters: number;
}

/** What one workbook may still take of its limits. */
export class Budget {
  readonly limits: ReadLimits;
  #walked = 0;
  #cells = 0;
  #characters = 0;

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
