/** A cell of a table that is not empty, as the rules on rows see it. */
export interface RowCell {
  /** Counted from zero. */
  readonly column: number;
  /** As it stands there, trimmed. */
  readonly text: string;
  /** What it is as a number, also where it is kept as a text; undefined for words. */
  readonly number: number | undefined;
}

/** A row below the headings, its empty cells left out. */
export interface RowContent {
  /** As a spreadsheet numbers it, the first is 1. */
  readonly row: number;
  readonly cells: readonly RowCell[];
}

/** What is known of the columns of a table, each by its place. A table need not have any of them. */
export interface RowColumns {
  /** What a row is; a person may be called 李生均, a school may not. */
  readonly things: 'schools' | 'people';
  /** Where each row has its name: 学校名称, 姓名. */
  readonly names: ReadonlySet<number>;
  /** Where the 学校标识码 stands. */
  readonly codes: ReadonlySet<number>;
  /** Where quantities stand that can be summed. */
  readonly quantities: ReadonlySet<number>;
  /** Where rows are only counted: 序号. */
  readonly running: ReadonlySet<number>;
}

/** The cells of a row that hold words and no number. */
export function wordCells({ cells }: RowContent): RowCell[] {
  return cells.filter((cell) => cell.number === undefined);
}

/** What a row calls itself: the cell below the heading of names, else its first words; empty where it has neither. */
export function labelOf(row: RowContent, columns: RowColumns): string {
  const name = row.cells.find((cell) => columns.names.has(cell.column));
  if (name) return name.text;
  return wordCells(row).find((cell) => !columns.quantities.has(cell.column))?.text ?? '';
}
