import type exceljs from 'exceljs';
import type { FileToMake } from '#contract/route.ts';
import { problem } from '#domain/kit/problem.ts';
import { csvText } from '#domain/text/csv.ts';
import { writableParts } from '#domain/text/writable.ts';
import { openThread } from '../threads/thread.ts';
import { Turns } from '../threads/turns.ts';

declare module 'exceljs' {
  interface Worksheet {
    /** exceljs limits ranges here, but its own types know only the limit of a single cell. */
    readonly dataValidations: { add(range: string, rule: DataValidation): void };
  }
}

/**
 * The style of a cell and whether it can be edited. `entry` cells, and the `doubt` and `error` cells among them, are the
 * only open ones of a protected sheet.
 */
export type CellLook =
  | 'title'
  | 'note'
  | 'heading'
  | 'label'
  | 'locked'
  | 'unused'
  | 'reference'
  | 'entry'
  | 'doubt'
  | 'error';

export interface WorkbookCell {
  readonly value: string | number | null;
  /** An Excel formula without its sign of equality; `value` is its result, which Excel computes anew when it opens. */
  readonly formula?: string;
  readonly look?: CellLook;
  /** Shown when the pointer rests on the cell; for an error or a doubt it explains why. */
  readonly comment?: string;
  /** Excel number format, such as `#,##0.00`. */
  readonly format?: string;
}

/** The rule by which Excel itself limits the input in a range of cells. */
export type CellLimit = { readonly range: string; readonly prompt: string } & (
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'integer' | 'decimal'; readonly minimum: number; readonly maximum: number }
);

export interface WorkbookSheet {
  readonly name: string;
  readonly columnWidths: readonly number[];
  readonly rows: readonly (readonly (WorkbookCell | null)[])[];
  /** Rows and columns that stay visible. */
  readonly frozen?: { readonly rows: number; readonly columns: number };
  readonly limits?: readonly CellLimit[];
  /**
   * Only `entry`, `doubt` and `error` cells can be changed. This guards against slips, not against intent: there is no password.
   */
  readonly isProtected?: boolean;
  /** Not shown in the list of hidden sheets either. */
  readonly hidden?: boolean;
  /** Ranges that a person sees as one cell; rows and columns count from zero, the last ones are included. */
  readonly merges?: readonly {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  }[];
  readonly landscape?: boolean;
}

const workbookContentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Style = Partial<exceljs.Style>;

const fill = (argb: string): exceljs.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const thin = { style: 'thin' as const, color: { argb: 'FFB8C0CC' } };
const border = { top: thin, left: thin, bottom: thin, right: thin };
const font = { name: '宋体', size: 11 };

const looks: Readonly<Record<CellLook, Style>> = {
  title: { font: { ...font, size: 14, bold: true } },
  note: { font: { ...font, color: { argb: 'FF5A6472' } }, alignment: { wrapText: true, vertical: 'top' } },
  heading: {
    font: { ...font, bold: true },
    fill: fill('FFE8EDF4'),
    border,
    alignment: { wrapText: true, vertical: 'middle', horizontal: 'center' },
  },
  label: { font, border, alignment: { wrapText: true, vertical: 'middle' } },
  locked: { font: { ...font, color: { argb: 'FF3A4350' } }, fill: fill('FFF4F6F9'), border },
  unused: { fill: fill('FFD9DEE5'), border },
  reference: { font: { ...font, color: { argb: 'FF8A93A0' } }, fill: fill('FFF4F6F9'), border },
  entry: { font, border, protection: { locked: false } },
  doubt: { font, border, protection: { locked: false }, fill: fill('FFFFEB9C') },
  error: { font, border, protection: { locked: false }, fill: fill('FFFFC7CE') },
};

/**
 * A workbook with more cells than this is written in its own thread: otherwise it would hold up everybody's requests.
 */
const cellsInline = 4000;

const memoryMegabytes = 400;

/** Many people export on the last day of a period, and one person may press a button many times. */
const turns = new Turns({ atOnce: 2, waiting: 32, ofOne: { atOnce: 1, waiting: 4 } });

/**
 * A reply with sheets as .xlsx. They are written when the transaction has ended, so that nobody holds a connection of the
 * pool for the seconds that a large workbook takes.
 * @param person who asked: one workbook per person is written at a time, beside those of others
 */
export function workbookReply(fileName: string, sheets: readonly WorkbookSheet[], person: string): FileToMake {
  return { fileName, contentType: workbookContentType, body: (gone) => writeWorkbook(sheets, person, gone) };
}

/**
 * Writes sheets as .xlsx. Rows and columns are written unchanged; nothing is computed here, formulas carry their result.
 * @param gone aborted when nobody waits for the bytes any more: the thread ends
 * @throws Problem `workbook.busy`, `workbook.busyOwn`
 */
export async function writeWorkbook(
  sheets: readonly WorkbookSheet[],
  person?: string,
  gone?: AbortSignal,
): Promise<Uint8Array> {
  const cells = sheets.reduce((sum, sheet) => sum + sheet.rows.reduce((count, row) => count + row.length, 0), 0);
  if (cells <= cellsInline) return buildWorkbook(sheets);
  return turns.take(
    () => writeInWorker(sheets, gone),
    (why) => problem(why === 'own' ? 'workbook.busyOwn' : 'workbook.busy'),
    { who: person, gone },
  );
}

function writeInWorker(sheets: readonly WorkbookSheet[], gone: AbortSignal | undefined): Promise<Uint8Array> {
  const limits = { maxOldGenerationSizeMb: memoryMegabytes };
  const worker = openThread(import.meta.dirname, 'workbook-write', { sheets }, limits);
  return new Promise<Uint8Array>((resolve, reject) => {
    const stop = () => {
      reject(problem('workbook.busy'));
      void worker.terminate();
    };
    gone?.addEventListener('abort', stop, { once: true });
    worker.once('message', (bytes: Uint8Array) => {
      resolve(bytes);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => gone?.removeEventListener('abort', stop));
    worker.once('exit', (code) => reject(new Error(`the thread that writes workbooks ended with ${code}`)));
  });
}

/** The same in the calling thread; for small workbooks, and for the worker itself. */
export async function buildWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  // Loading takes a third of a second and some megabytes, which only the code that writes a workbook should pay.
  const { default: library } = await import('exceljs');
  const book = new library.Workbook();
  book.creator = 'Dudao';
  if (sheets.some(({ rows }) => rows.some((row) => row.some((cell) => cell?.formula !== undefined)))) {
    book.calcProperties.fullCalcOnLoad = true;
  }
  for (const { rows, ...plan } of sheets) await addSheet(book, { ...writableParts(plan), rows });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function addSheet(book: exceljs.Workbook, plan: WorkbookSheet): Promise<void> {
  const sheet = book.addWorksheet(plan.name, {
    state: plan.hidden ? 'veryHidden' : 'visible',
    views: plan.frozen ? [{ state: 'frozen', xSplit: plan.frozen.columns, ySplit: plan.frozen.rows }] : [],
    pageSetup: {
      paperSize: 9,
      orientation: plan.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToHeight: 0,
    },
  });
  plan.columnWidths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  plan.rows.forEach((cells, rowIndex) => {
    cells.forEach((cell, columnIndex) => {
      if (cell) fillCell(sheet.getCell(rowIndex + 1, columnIndex + 1), cell);
    });
  });
  for (const { top, left, bottom, right } of plan.merges ?? []) {
    sheet.mergeCells(top + 1, left + 1, bottom + 1, right + 1);
  }
  for (const limit of plan.limits ?? []) addLimit(sheet, limit);
  if (plan.isProtected) {
    await sheet.protect('', { formatColumns: true, formatRows: true, sort: true, autoFilter: true, spinCount: 1 });
  }
}

const styles = new Map<string, Style>();

/** One style for all cells that look alike: the library writes each object out anew, and a large sheet has 50,000 cells. */
function styleOf(look: CellLook, format: string | undefined): Style {
  const key = `${look} ${format ?? ''}`;
  const known = styles.get(key);
  if (known !== undefined) return known;
  const style = { ...looks[look], ...(format === undefined ? {} : { numFmt: format }) };
  styles.set(key, style);
  return style;
}

function fillCell(cell: exceljs.Cell, given: WorkbookCell): void {
  const plan = writableParts(given);
  // A text that begins like a formula stays a text: exceljs writes strings as strings.
  if (plan.formula !== undefined) {
    cell.value = { formula: plan.formula, ...(plan.value === null ? {} : { result: plan.value }) } as exceljs.CellValue;
  } else if (plan.value !== null) cell.value = plan.value;
  cell.style = styleOf(plan.look ?? 'label', plan.format);
  if (plan.comment !== undefined) cell.note = { texts: [{ text: plan.comment }], margins: { insetmode: 'auto' } };
}

function addLimit(sheet: exceljs.Worksheet, limit: CellLimit): void {
  const validations = sheet.dataValidations;
  const shared = { allowBlank: true, showErrorMessage: true, errorTitle: '不能这样填', error: limit.prompt };
  if (limit.kind === 'list') {
    validations.add(limit.range, { type: 'list', formulae: [`"${limit.values.join(',')}"`], ...shared });
    return;
  }
  validations.add(limit.range, {
    type: limit.kind === 'integer' ? 'whole' : 'decimal',
    operator: 'between',
    formulae: [limit.minimum, limit.maximum],
    ...shared,
  });
}

/** Rows as the bytes of a CSV file in UTF-8. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): Uint8Array {
  return new TextEncoder().encode(csvText(rows));
}

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
  readonly landscape?: boolean;
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
  landscape = true,
}: ListedSheet<Row>): WorkbookSheet {
  return {
    name,
    columnWidths: columns.map(({ width }) => width),
    frozen: { rows: 2 + notes.length, columns: frozenColumns },
    landscape,
    rows: [
      [cell(title, 'title')],
      ...notes.map((note) => [cell(note, 'note')]),
      columns.map((column) => cell(column.title, 'heading')),
      ...rows.map((row, at) => columns.map(({ value }) => cell(value(row, at)))),
    ],
  };
}
