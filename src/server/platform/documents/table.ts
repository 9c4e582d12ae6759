import { halfWidth } from '#domain/kit/half-width.ts';
import { readNumberText } from '#domain/kit/number-text.ts';
import { problem } from '#domain/kit/problem.ts';
import { cellAddress } from './cell-address.ts';
import { decodeCsv, parseCsv, separators } from './csv.ts';
import { cellFault, hiddenNotes, hiddenSheetNote, type ReadSheet, readWorkbook } from './workbook-read.ts';

/** One cell of a table as it was found. */
export interface TableCell {
  /** `D7`, as Excel shows it; in a CSV file the same place. */
  readonly address: string;
  /** What a person sees there, trimmed; an error cell shows its code (`#DIV/0!`). */
  readonly text: string;
  /** The number that an Excel cell holds; undefined for texts, also those that look like numbers. */
  readonly number: number | undefined;
  /** The cell holds an Excel error, not a value. */
  readonly error: boolean;
  /** Why nothing may be read from the cell, as a sentence about it; only in a workbook. */
  readonly fault?: string;
}

export interface TableRow {
  /** Row number as Excel shows it, the first is 1. */
  readonly number: number;
  /** Cells by heading; a heading whose cell is empty is absent. */
  readonly cells: ReadonlyMap<string, TableCell>;
  /** Where the row says that it is a sum or a mean of others and no thing of its own: the words it says it with. */
  readonly total: string | undefined;
}

export interface Table {
  /** Name of the sheet; empty for CSV. */
  readonly sheet: string;
  readonly headings: ReadonlyArray<{ readonly name: string; readonly address: string; readonly column: number }>;
  /** Rows with at least one cell that is not empty. */
  readonly rows: readonly TableRow[];
  /** Other visible sheets with all the wanted headings and rows below them. They were not read: whoever asks must say so. */
  readonly sheetsLeftOut: readonly string[];
  /** What of a workbook a person does not see and was read all the same, or was not read because it is hidden. */
  readonly hiddenNotes: readonly string[];
}

type Grid = ReadonlyArray<ReadonlyArray<Omit<TableCell, 'address'> | undefined> | undefined>;

const headingRows = 20;

interface Sheet {
  readonly name: string;
  readonly grid: Grid;
  /** The sheet of a workbook; undefined for CSV. */
  readonly source?: ReadSheet;
}

/** Of a workbook whose sheets are all hidden. */
const nowhere: Sheet & { readonly row: number; readonly found: number } = { name: '', grid: [], row: 0, found: 0 };

/** How the wanted headings may be written, and which of them are wanted. */
interface Wanted {
  readonly headings: readonly string[];
  readonly known: ReadonlyMap<string, string>;
}

/**
 * Reads a table from .xlsx, .xls or .csv bytes (told apart by content, not by name). The row of headings is the one
 * among the first twenty that holds most of `wanted`, on the sheet where that is most; titles above it are passed over,
 * and the separator of a CSV file is the one that finds most. Headings are compared without blanks and in half width.
 * `units` names the units that may stand in brackets behind a heading (`教学仪器设备值（万元）`); with another unit it is
 * another heading, because the figures would be too. `person` is whose file it is, see `readWorkbook`.
 * @throws Problem `table.wrongType`, `table.encoding`, `table.headingsMissing` (with all that are missing),
 *   `table.headingTwice`, and what `readWorkbook` refuses
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  headings: readonly string[],
  units: ReadonlyMap<string, readonly string[]> = new Map(),
  person?: string,
): Promise<Table> {
  const wanted = { headings, known: knownHeadings(headings, units) };
  const all = await readSheets(bytes, fileName, wanted, person);
  const sheets = all.filter(({ source }) => !source?.hidden);
  const places = sheets.map((sheet) => ({ ...sheet, ...headingPlace(sheet.grid, wanted) }));
  const best = places.reduce((first, next) => (next.found > first.found ? next : first), nowhere);
  if (best.found === 0) throw problem('table.headingsMissing', { fileName, headings });
  const sheetsLeftOut = places
    .filter((other) => other !== best && other.found === headings.length && holdsRows(other.grid, other.row))
    .map((other) => other.name);
  const table = tableBelow(best.grid, best.row, best.name, fileName, wanted);
  const hidden = all.filter(
    ({ source, grid }) => source?.hidden && headingPlace(grid, wanted).found === headings.length,
  );
  return {
    ...table,
    sheetsLeftOut,
    hiddenNotes: [...notesOf(table, best.source, wanted), ...hiddenSheetNote(hidden.map(({ name }) => name))],
  };
}

/** Rows and wanted columns of the table that are hidden in the workbook. */
function notesOf(
  table: Pick<Table, 'rows' | 'headings'>,
  source: ReadSheet | undefined,
  { headings }: Wanted,
): string[] {
  if (!source) return [];
  const columns = table.headings.filter(({ name }) => headings.includes(name)).map(({ column }) => column);
  return hiddenNotes(
    source,
    table.rows.map((row) => row.number - 1),
    columns,
  );
}

/** The row among the first twenty that holds most of the wanted headings, and how many they are. */
function headingPlace(grid: Grid, { headings, known }: Wanted): { row: number; found: number } {
  let best = { row: 0, found: 0 };
  for (let row = 0; row < Math.min(grid.length, headingRows); row += 1) {
    const names = new Set(Array.from(grid[row] ?? [], (cell) => known.get(headingName(cell?.text ?? ''))));
    const found = headings.filter((heading) => names.has(heading)).length;
    if (found > best.found) best = { row, found };
  }
  return best;
}

function holdsRows(grid: Grid, headingRow: number): boolean {
  return grid.slice(headingRow + 1).some((row) => row?.some((cell) => cell && cell.text !== ''));
}

function tableBelow(
  grid: Grid,
  headingRow: number,
  sheet: string,
  fileName: string,
  { headings: wanted, known }: Wanted,
): Omit<Table, 'sheetsLeftOut' | 'hiddenNotes'> {
  const columns = Array.from(grid[headingRow] ?? [], (cell) => {
    const name = headingName(cell?.text ?? '');
    return known.get(name) ?? name;
  });
  for (const heading of wanted) {
    const places = columns.flatMap((name, column) => (name === heading ? [column] : []));
    if (places.length > 1) {
      const addresses = places.map((column) => cellAddress(headingRow, column));
      throw problem('table.headingTwice', { heading, addresses });
    }
  }
  const absent = wanted.filter((heading) => !columns.includes(heading));
  if (absent.length > 0) throw problem('table.headingsMissing', { fileName, headings: absent });
  const rows: TableRow[] = [];
  for (let row = headingRow + 1; row < grid.length; row += 1) {
    const cells = new Map<string, TableCell>();
    (grid[row] ?? []).forEach((cell, column) => {
      const name = columns[column];
      if (cell && cell.text !== '' && name) cells.set(name, { ...cell, address: cellAddress(row, column) });
    });
    if (cells.size > 0) rows.push({ number: row + 1, cells, total: totalWords(grid[row] ?? []) });
  }
  const headings = columns.flatMap((name, column) =>
    name ? [{ name, address: cellAddress(headingRow, column), column }] : [],
  );
  return { sheet, headings, rows };
}

async function readSheets(bytes: Uint8Array, fileName: string, wanted: Wanted, person?: string): Promise<Sheet[]> {
  const starts = (...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    const { sheets } = await readWorkbook(bytes, person);
    return sheets.map((sheet) => ({ name: sheet.name, grid: gridOf(sheet), source: sheet }));
  }
  if (/\.xlsx?$/i.test(fileName)) throw problem('table.wrongType', { fileName });
  const text = decodeCsv(bytes);
  if (text === undefined) throw problem(/\.csv$/i.test(fileName) ? 'table.encoding' : 'table.wrongType', { fileName });
  return [{ name: '', grid: csvGrid(text, wanted) }];
}

/** The separator is the one with which most headings are found: a title above them may hold none, or another. */
function csvGrid(text: string, wanted: Wanted): Grid {
  const top = text.split(/\r\n|\r|\n/, headingRows).join('\n');
  const found = separators.map((separator) => headingPlace(textGrid(parseCsv(top, separator)), wanted).found);
  return textGrid(parseCsv(text, separators[found.indexOf(Math.max(...found))]!));
}

function textGrid(rows: readonly (readonly string[])[]): Grid {
  return rows.map((row) => row.map((field) => ({ text: field.trim(), number: undefined, error: false })));
}

function gridOf(sheet: ReadSheet): Grid {
  const grid: Array<Array<Omit<TableCell, 'address'> | undefined>> = [];
  for (const cell of sheet.cells) {
    const { row, column, kind, text } = cell;
    grid[row] ??= [];
    const fault = cellFault(cell, '单元格')?.message;
    grid[row][column] = {
      text: text.trim(),
      number: kind === 'number' ? cell.value : undefined,
      error: kind === 'error',
      ...(fault === undefined ? {} : { fault }),
    };
  }
  return Array.from(grid, (row) => row);
}

/** How each wanted heading may be written: plain, or with one of its units in brackets. */
function knownHeadings(wanted: readonly string[], units: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  return new Map(
    wanted.flatMap((heading) => [
      [headingName(heading), heading] as const,
      ...(units.get(heading) ?? []).map((unit) => [headingName(`${heading}(${unit})`), heading] as const),
    ]),
  );
}

/** A heading without blanks and line breaks, in half width: `图书 册数` and `图书册数` are the same. */
function headingName(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

/** What a cell means as a number: missing, a number (perhaps kept as text), or nothing that can be read as one. */
export type CellNumber =
  | { readonly kind: 'blank' }
  | { readonly kind: 'number'; readonly value: number; readonly asText: boolean }
  | { readonly kind: 'fault'; readonly message: string };

/**
 * Reads a cell as a number. Full-width digits and thousands separators are understood; a text that is no number and an
 * Excel error are faults with a sentence. `asText` says that an Excel cell keeps the number as text.
 */
export function numberOf(cell: TableCell | undefined): CellNumber {
  if (!cell) return { kind: 'blank' };
  if (cell.fault !== undefined) return { kind: 'fault', message: cell.fault };
  if (cell.error) return { kind: 'fault', message: `单元格是公式错误 ${cell.text}` };
  if (cell.number !== undefined) return { kind: 'number', value: cell.number, asText: false };
  const read = readNumberText(cell.text);
  if (read.kind === 'unreadable') return { kind: 'fault', message: `“${cell.text}”不是数字` };
  return read.kind === 'blank' ? read : { kind: 'number', value: read.value, asText: true };
}

/** The text of a cell as it stands there; a number that Excel keeps as such (a code typed without apostrophe) in full digits. */
export function ownText(cell: TableCell | undefined): string {
  if (!cell) return '';
  if (cell.number !== undefined && Number.isInteger(cell.number)) return BigInt(cell.number).toString();
  return cell.text;
}

/** The same in half width: for codes and words that are looked up or compared, not for what is kept. */
export function textOf(cell: TableCell | undefined): string {
  return halfWidth(ownText(cell)).trim();
}

const sums = /^.{0,10}?((合|总|小|共)\s*计|总\s*数|平\s*均(值|数)?|均值|[校县]均)(\(.*\))?[:：]?$/;

/**
 * `全县合计`, `合计（2所）`, `平均`, where they stand in one of the first three cells that hold words: a running number
 * may come before, and no school has such a name.
 */
function totalWords(row: Grid[number]): string | undefined {
  const texts = (row ?? []).flatMap((cell) => (cell && cell.number === undefined && !cell.error ? [cell.text] : []));
  const words = texts.filter((text) => readNumberText(text).kind === 'unreadable').slice(0, 3);
  return words.find((text) => sums.test(halfWidth(text).trim()));
}
