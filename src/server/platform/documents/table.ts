import { readNumberText } from '#domain/kit/number-text.ts';
import { problem } from '#domain/kit/problem.ts';
import { decodeCsv, parseCsv } from './csv.ts';
import { type ReadSheet, readWorkbook } from './workbook-read.ts';

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
}

export interface TableRow {
  /** Row number as Excel shows it, the first is 1. */
  readonly number: number;
  /** Cells by heading; a heading whose cell is empty is absent. */
  readonly cells: ReadonlyMap<string, TableCell>;
}

export interface Table {
  /** Name of the sheet; empty for CSV. */
  readonly sheet: string;
  readonly headings: ReadonlyArray<{ readonly name: string; readonly address: string }>;
  /** Rows with at least one cell that is not empty. */
  readonly rows: readonly TableRow[];
}

type Grid = ReadonlyArray<ReadonlyArray<Omit<TableCell, 'address'> | undefined> | undefined>;

const headingRows = 20;

/**
 * Reads a table from .xlsx, .xls or .csv bytes (told apart by content, not by name). The row of headings is the one
 * among the first twenty that holds most of `wanted`, on the sheet where that is most; titles above it are passed over.
 * Headings are compared without blanks and in half width. `units` names the units that may stand in brackets behind a
 * heading (`教学仪器设备值（万元）`); with another unit it is another heading, because the figures would be too.
 * @throws Problem `table.wrongType`, `table.encoding`, `table.headingsMissing` (with all that are missing),
 *   `table.headingTwice`, and what `readWorkbook` refuses
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  wanted: readonly string[],
  units: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<Table> {
  const known = knownHeadings(wanted, units);
  const sheets = await readSheets(bytes, fileName);
  let best: { sheet: string; grid: Grid; row: number; found: number } | undefined;
  for (const { name, grid } of sheets) {
    for (let row = 0; row < Math.min(grid.length, headingRows); row += 1) {
      const names = new Set(Array.from(grid[row] ?? [], (cell) => known.get(headingName(cell?.text ?? ''))));
      const found = wanted.filter((heading) => names.has(heading)).length;
      if (!best || found > best.found) best = { sheet: name, grid, row, found };
    }
  }
  if (!best || best.found === 0) throw problem('table.headingsMissing', { fileName, headings: wanted });
  return tableBelow(best.grid, best.row, best.sheet, fileName, wanted, known);
}

function tableBelow(
  grid: Grid,
  headingRow: number,
  sheet: string,
  fileName: string,
  wanted: readonly string[],
  known: ReadonlyMap<string, string>,
): Table {
  const columns = Array.from(grid[headingRow] ?? [], (cell) => {
    const name = headingName(cell?.text ?? '');
    return known.get(name) ?? name;
  });
  for (const heading of wanted) {
    const places = columns.flatMap((name, column) => (name === heading ? [column] : []));
    if (places.length > 1) {
      const addresses = places.map((column) => addressOf(headingRow, column));
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
      if (cell && cell.text !== '' && name) cells.set(name, { ...cell, address: addressOf(row, column) });
    });
    if (cells.size > 0) rows.push({ number: row + 1, cells });
  }
  const headings = columns.flatMap((name, column) => (name ? [{ name, address: addressOf(headingRow, column) }] : []));
  return { sheet, headings, rows };
}

async function readSheets(bytes: Uint8Array, fileName: string): Promise<Array<{ name: string; grid: Grid }>> {
  const starts = (...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    const { sheets } = await readWorkbook(bytes);
    const visible = sheets.filter(({ hidden }) => !hidden);
    return visible.map((sheet) => ({ name: sheet.name, grid: gridOf(sheet) }));
  }
  if (/\.xlsx?$/i.test(fileName)) throw problem('table.wrongType', { fileName });
  const text = decodeCsv(bytes);
  if (text === undefined) throw problem(/\.csv$/i.test(fileName) ? 'table.encoding' : 'table.wrongType', { fileName });
  const grid = parseCsv(text).map((row) =>
    row.map((field) => ({ text: field.trim(), number: undefined, error: false })),
  );
  return [{ name: '', grid }];
}

function gridOf(sheet: ReadSheet): Grid {
  const grid: Array<Array<Omit<TableCell, 'address'> | undefined>> = [];
  for (const { row, column, kind, value, text } of sheet.cells) {
    grid[row] ??= [];
    const number = kind === 'number' && typeof value === 'number' ? value : undefined;
    const shown = number !== undefined ? String(number) : kind === 'text' ? String(value) : text;
    grid[row][column] = { text: shown.trim(), number, error: kind === 'error' };
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

function addressOf(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
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
  if (cell.error) return { kind: 'fault', message: `单元格是公式错误 ${cell.text}` };
  if (cell.number !== undefined) return { kind: 'number', value: cell.number, asText: false };
  const read = readNumberText(cell.text);
  if (read.kind === 'unreadable') return { kind: 'fault', message: `“${cell.text}”不是数字` };
  return read.kind === 'blank' ? read : { kind: 'number', value: read.value, asText: true };
}

/** The text of a cell in half width; a number that Excel keeps as such (a code typed without apostrophe) in full digits. */
export function textOf(cell: TableCell | undefined): string {
  if (!cell) return '';
  if (cell.number !== undefined && Number.isInteger(cell.number)) return BigInt(cell.number).toString();
  return cell.text.normalize('NFKC').trim();
}

/** True for the sum row that many tables end with: its first cell reads 合计, 总计, 小计 or the like. */
export function isTotalRow(row: TableRow): boolean {
  const [first] = row.cells.values();
  return /^(合|总|小|共)\s*计[:：]?$/.test(first?.text ?? '');
}
