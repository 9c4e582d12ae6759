/** A cell of a table that is not empty, as the rules on rows see it. */
export interface RowCell {
  /** Counted from zero. */
  readonly column: number;
  /** As it stands there, trimmed. */
  readonly text: string;
  /** Its value as a number, even if it is stored as a text; undefined for words. */
  readonly number: number | undefined;
}

/** A row below the headings, its empty cells left out. */
export interface RowContent {
  /** The row number of the spreadsheet; the first row is 1. */
  readonly row: number;
  readonly cells: readonly RowCell[];
}

/** The known columns of a table, each by its index. A table need not have any of them. */
export interface RowColumns {
  /**
   * The kind of record in a row. A person may be called 李生均, a school may not; only a school has a 学校标识码 to prove
   * that it is one.
   */
  readonly things: 'schools' | 'people' | 'others';
  /** The column of names: 学校名称, 姓名. */
  readonly names: ReadonlySet<number>;
  /** The column of the 学校标识码. */
  readonly codes: ReadonlySet<number>;
  /** The columns of quantities that can be summed. */
  readonly quantities: ReadonlySet<number>;
  /** The column that only numbers the rows: 序号. */
  readonly running: ReadonlySet<number>;
}

/** The cells of a row that contain words and not a number. */
export function wordCells({ cells }: RowContent): RowCell[] {
  return cells.filter((cell) => cell.number === undefined);
}

/** The label of a row: the cell below the heading of names, else its first words; empty if it has neither. */
export function labelOf(row: RowContent, columns: RowColumns): string {
  const name = row.cells.find((cell) => columns.names.has(cell.column));
  if (name) return name.text;
  return wordCells(row).find((cell) => !columns.quantities.has(cell.column))?.text ?? '';
}
