import type { Slices } from '#domain/kit/slices.ts';
import { withoutGuard } from '#domain/text/formula-guard.ts';
import { cellFault } from './workbook/cell/cell-fault.ts';
import type { ReadCell, ReadSheet } from './workbook/sheet.ts';

/**
 * The kind of a cell. `date`: a number in a format of days; `error`: Excel shows #DIV/0! and the like; `not-a-number`:
 * NaN or INF where the file should have a number; `empty`: a formula whose result was not stored.
 */
export type CellKind = ReadCell['kind'];

/** A cell that is not empty. */
export interface SheetCell {
  readonly kind: CellKind;
  /** The text that a person sees there, trimmed; for a formula without a result, the formula. */
  readonly text: string;
  /** Only for a number; undefined for texts, including those that look like numbers. */
  readonly number: number | undefined;
  /** The reason why the cell cannot be read for any column, as a sentence; only in a workbook. */
  readonly fault?: string | undefined;
  /** Whether a merged cell covers it, so that a person does not see it; only in a workbook. */
  readonly covered?: boolean;
}

/** Rows and columns count from zero; the last ones are included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One table of cells, from a workbook or a CSV file. Empty rows and cells are undefined. */
export interface Sheet {
  /** Empty for CSV. */
  readonly name: string;
  readonly origin: 'workbook' | 'csv';
  /** Whether the sheet is hidden from a person who opens the workbook; a hidden sheet is not read. */
  readonly hidden: boolean;
  readonly rows: ReadonlyArray<ReadonlyArray<SheetCell | undefined> | undefined>;
  readonly merges: readonly CellRange[];
  /** Rows that a person does not see, counted from zero, with the reason. */
  readonly hiddenRows: ReadonlyMap<number, 'hidden' | 'filtered'>;
  /** Columns that a person does not see, counted from zero. */
  readonly hiddenColumns: ReadonlySet<number>;
}

/** The reader's results for one sheet of a workbook. */
export type WorkbookSheet = Pick<ReadSheet, 'name' | 'hidden' | 'isEmpty' | 'merges' | 'rows' | 'isHiddenColumn'>;

/** A sheet of a workbook as rows of cells, with a pause after each row. */
export function* sheetOfWorkbook(source: WorkbookSheet): Slices<Sheet> {
  const rows: Array<Array<SheetCell | undefined>> = [];
  const hiddenRows = new Map<number, 'hidden' | 'filtered'>();
  const columns = new Set<number>();
  for (const { row, hidden, cells } of source.rows()) {
    const made: Array<SheetCell | undefined> = [];
    if (hidden) hiddenRows.set(row, hidden);
    for (const cell of cells) {
      made[cell.column] = cellOf(cell);
      columns.add(cell.column);
    }
    rows[row] = made;
    yield;
  }
  const { name, hidden, merges } = source;
  const hiddenColumns = new Set([...columns].filter((column) => source.isHiddenColumn(column)));
  return { name, origin: 'workbook', hidden, rows, merges, hiddenRows, hiddenColumns };
}

/** The same of several sheets. */
export function* sheetsOfWorkbook(sources: readonly WorkbookSheet[]): Slices<Sheet[]> {
  const sheets: Sheet[] = [];
  for (const source of sources) sheets.push(yield* sheetOfWorkbook(source));
  return sheets;
}

function cellOf(cell: ReadCell): SheetCell {
  return {
    kind: cell.kind,
    text: cell.text.trim(),
    number: cell.kind === 'number' ? cell.value : undefined,
    fault: cellFault(cell, '单元格')?.message,
    ...(cell.covered ? { covered: true } : {}),
  };
}

/** The rows of a CSV file as a sheet; every cell is a text. Rows keep the number of fields in the file. */
export function sheetOfCsv(rows: readonly (readonly string[])[]): Sheet {
  return {
    name: '',
    origin: 'csv',
    hidden: false,
    rows: rows.map(cellsOfFields),
    merges: [],
    hiddenRows: new Map(),
    hiddenColumns: new Set(),
  };
}

/** The same from many rows, with a pause after each. */
export function* longSheetOfCsv(rows: Iterable<readonly string[]>): Slices<Sheet> {
  const cells: ReturnType<typeof cellsOfFields>[] = [];
  for (const fields of rows) {
    cells.push(cellsOfFields(fields));
    yield;
  }
  return { ...sheetOfCsv([]), rows: cells };
}

function cellsOfFields(fields: readonly string[]): Array<SheetCell | undefined> {
  return fields.map((field) => {
    const text = plainField(field);
    return text === '' ? undefined : { kind: 'text', text, number: undefined };
  });
}

/** Other programs write a text that looks like a number as `="0123"`; the apostrophe is our own guard. */
function plainField(field: string): string {
  const text = field.trim();
  const quoted = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  return quoted === undefined ? withoutGuard(text).trim() : quoted.replaceAll('""', '"').trim();
}
