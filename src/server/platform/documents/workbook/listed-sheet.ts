import type { WorkbookCell, WorkbookSheet } from '../workbook.ts';

/** A column of a list as a workbook has it: what is missing stays empty and is no zero. */
export interface ListedColumn<Row> {
  readonly title: string;
  readonly width: number;
  value(row: Row, at: number): string | number;
}

interface ListedSheet<Row> {
  readonly name: string;
  /** The first line, and lines of notes below it. */
  readonly title: string;
  readonly notes?: readonly string[];
  readonly columns: readonly ListedColumn<Row>[];
  readonly rows: readonly Row[];
  /** How many columns stay put; the lines above the rows do. */
  readonly frozenColumns: number;
}

const cell = (value: string | number, look?: WorkbookCell['look']): WorkbookCell =>
  look === undefined ? { value } : { value, look };

/** A list as a sheet, in its order: its title, its headings, and a line for each row. */
export function listedSheet<Row>({
  name,
  title,
  notes = [],
  columns,
  rows,
  frozenColumns,
}: ListedSheet<Row>): WorkbookSheet {
  return {
    name,
    columnWidths: columns.map(({ width }) => width),
    frozen: { rows: 2 + notes.length, columns: frozenColumns },
    landscape: true,
    rows: [
      [cell(title, 'title')],
      ...notes.map((note) => [cell(note, 'note')]),
      columns.map((column) => cell(column.title, 'heading')),
      ...rows.map((row, at) => columns.map(({ value }) => cell(value(row, at)))),
    ],
  };
}
