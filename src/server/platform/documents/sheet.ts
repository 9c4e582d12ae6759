import { withoutGuard } from '#domain/text/formula-guard.ts';

/**
 * What a cell holds. `date`: a number in a format of days; `error`: Excel shows #DIV/0! and the like; `not-a-number`:
 * NaN or INF where the file promises a number; `empty`: a formula whose result was not stored.
 */
export type CellKind = 'text' | 'number' | 'boolean' | 'date' | 'error' | 'not-a-number' | 'empty';

/** A cell that is not empty. */
export interface SheetCell {
  readonly kind: CellKind;
  /** What a person sees there, trimmed. */
  readonly text: string;
  /** Of a number only; undefined for texts, also those that look like numbers. */
  readonly number: number | undefined;
}

/** Rows and columns count from zero; the last ones belong to it. */
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
  /** A person who opens the workbook does not see it: it is not read. */
  readonly hidden: boolean;
  readonly rows: ReadonlyArray<ReadonlyArray<SheetCell | undefined> | undefined>;
  readonly merges: readonly CellRange[];
  /** Rows that a person does not see, counted from zero, and why. */
  readonly hiddenRows: ReadonlyMap<number, 'hidden' | 'filtered'>;
}

/** What the reader of workbooks gives; it may know more or less of a sheet. */
interface WorkbookSheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly kind: CellKind | 'truth';
    readonly value: string | number | boolean;
    readonly text: string;
  }[];
  readonly merges?: readonly CellRange[];
  hiddenRow?(row: number): 'hidden' | 'filtered' | undefined;
}

/** A sheet of a workbook as rows of cells. */
export function sheetOfWorkbook(source: WorkbookSheet): Sheet {
  const rows: Array<Array<SheetCell | undefined>> = [];
  const hiddenRows = new Map<number, 'hidden' | 'filtered'>();
  for (const { row, column, kind, value, text } of source.cells) {
    if (!rows[row]) {
      rows[row] = [];
      const hidden = source.hiddenRow?.(row);
      if (hidden) hiddenRows.set(row, hidden);
    }
    rows[row][column] = cellOf(kind === 'truth' ? 'boolean' : kind, value, text);
  }
  const { name, hidden = false, merges = [] } = source;
  return { name, origin: 'workbook', hidden, rows, merges, hiddenRows };
}

function cellOf(kind: CellKind, value: string | number | boolean, text: string): SheetCell {
  if (kind !== 'number') return { kind, text: (kind === 'text' ? String(value) : text).trim(), number: undefined };
  // A file may promise a number and hold none.
  if (!Number.isFinite(value)) return { kind: 'not-a-number', text: String(value), number: undefined };
  return { kind, text: String(value), number: Number(value) };
}

/** The rows of a CSV file as a sheet; every cell is a text. Rows keep the number of fields that they were written with. */
export function sheetOfCsv(rows: readonly (readonly string[])[]): Sheet {
  return {
    name: '',
    origin: 'csv',
    hidden: false,
    rows: rows.map((fields) =>
      fields.map((field) => {
        const text = plainField(field);
        return text === '' ? undefined : { kind: 'text' as const, text, number: undefined };
      }),
    ),
    merges: [],
    hiddenRows: new Map(),
  };
}

/** `="0123"` is how other programs write a text that looks like a number; the apostrophe is our own guard. */
function plainField(field: string): string {
  const text = field.trim();
  const quoted = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  return quoted === undefined ? withoutGuard(text).trim() : quoted.replaceAll('""', '"').trim();
}
