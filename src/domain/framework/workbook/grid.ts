import { columnLetters } from '../../text/column-letters.ts';

/** One cell of a sheet that is not empty, as the reader of workbooks gives it. */
export interface GridCell {
  /** What a person sees, without the blanks at both ends. */
  readonly text: string;
  /** Undefined for a text, also for one that looks like a number. */
  readonly number: number | undefined;
  /** Why nothing can be read from it: `#REF!`, a formula without its result. */
  readonly fault?: string | undefined;
  /** A merged cell covers it, so that nobody sees it. */
  readonly covered?: boolean;
}

/** Rows and columns count from zero, the last ones are included. */
export interface GridRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A sheet of cells. Rows and cells without content are undefined. */
export interface Grid {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: ReadonlyArray<ReadonlyArray<GridCell | undefined> | undefined>;
  /** Ranges of which a person sees the first cell alone. */
  readonly merges: readonly GridRange[];
}

/** A cell of a workbook, from zero. */
export interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

/** A cell that cannot be read as it is, with the sentence for whoever wrote it. */
export interface WorkbookFault {
  readonly cause: keyof typeof faultTitles;
  readonly place: Place;
  /** The indicator of the row as far as it is known. */
  readonly subject: string;
  /** The heading of the column. */
  readonly column: string;
  readonly value: string;
  readonly rule: string;
  readonly allowed: string | null;
}

/** What faults of a workbook are grouped by. */
export const faultTitles = {
  head: '表头有误',
  merged: '合并单元格看不出属于哪一级',
  tree: '上下级不清',
  code: '编号有误',
  points: '分值有误',
  sum: '分值之和不符',
  method: '看不懂的计分办法',
  cell: '读不出的单元格',
} as const;

/** The seen text of a cell; empty where there is none or a merged cell covers it. */
export function seenText(grid: Grid, row: number, column: number): string {
  const cell = grid.rows[row]?.[column];
  return cell === undefined || cell.covered ? '' : cell.text;
}

/** The merged range that holds a cell, its first one included. */
export function mergeAt({ merges }: Grid, row: number, column: number): GridRange | undefined {
  return merges.find(
    ({ top, left, bottom, right }) => top <= row && row <= bottom && left <= column && column <= right,
  );
}

/** `C7` of a place. */
export function addressOf({ row, column }: Pick<Place, 'row' | 'column'>): string {
  return `${columnLetters(column + 1)}${row + 1}`;
}

/** `指标!C7`: the sheet is named because a workbook of a framework may have several. */
export function placeText(place: Place): string {
  return `${place.sheet}!${addressOf(place)}`;
}
