import { problem } from '#domain/kit/problem.ts';
import type { Slices } from '#domain/kit/slices.ts';
import { headingKey, rowColumns } from '#domain/table/headings.ts';
import type { RowColumns, RowContent } from '#domain/table/row.ts';
import { type DoubtfulRow, judgeRows, type LeftOutRow } from '#domain/table/row-role.ts';
import { inSlices } from '../threads/slices.ts';
import { cellAddress } from './cell-address.ts';
import { usualWidth } from './csv.ts';
import type { Reader } from './file-read.ts';
import {
  type Column,
  findHeadings,
  type HeadingPlace,
  headingRows,
  shownCells,
  type Wanted,
  wantedHeadings,
} from './heading-search.ts';
import { hiddenNotes, hiddenSheetNote } from './notes/hidden-notes.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { numberOf, type TableCell } from './table-cell.ts';
import { readSheets } from './table-file.ts';

export interface TableRow {
  /** Row number as Excel shows it, the first is 1. */
  readonly number: number;
  /** Cells by heading; a heading whose cell is empty is absent. */
  readonly cells: ReadonlyMap<string, TableCell>;
}

export interface HeadedTable {
  /** Name of the sheet; empty for CSV. */
  readonly sheet: string;
  readonly headings: ReadonlyArray<{ readonly name: string; readonly address: string }>;
  /** Rows with at least one cell that is not empty, without those that are left out. */
  readonly rows: readonly TableRow[];
  /** Rows that number the columns, sum others or comment on the table. The caller must report them. */
  readonly leftOut: readonly LeftOutRow[];
  /** Rows whose kind a person must decide, and rows that a person should know of. */
  readonly doubtful: readonly DoubtfulRow[];
  /**
   * Other visible sheets with all the needed headings and rows below them. They were not read; the caller must report
   * it.
   */
  readonly sheetsLeftOut: readonly string[];
  /** Other notes for the person on how the table was read. */
  readonly notes: readonly string[];
}

/** An uploaded file. */
export interface TableFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Reading {
  /** The thing that one row of the table describes. */
  readonly things?: RowColumns['things'];
  /** The party for which the file is read, see `readInThread`. */
  readonly reader?: Reader;
}

/**
 * Reads a table from .xlsx, .xls or .csv bytes, which are distinguished by content and not by name. The headings are
 * the row, or the two rows, among the first twenty with most of the needed columns, on the sheet with most of them.
 * Titles above the headings and sheets without headings are skipped. For a CSV file, the separator and encoding that
 * find most headings are used. Headings are compared in half width, without blanks, line breaks and invisible
 * characters.
 * @throws Problem `table.wrongType`, `table.emptyFile`, `table.tooLarge`, `table.encoding`, `table.brokenBytes`,
 *   `table.nul`, `table.quote`, `table.extraCells`, `table.headingsMissing` (with all that are missing),
 *   `table.headingTwice`, and what `readWorkbook` and `readInThread` refuse
 */
export async function readHeadedTable(
  file: TableFile,
  columns: readonly Column[],
  { things = 'schools', reader }: Reading = {},
): Promise<HeadedTable> {
  const wanted = wantedHeadings(columns);
  return inSlices(headedTable(await readSheets(file, wanted, reader), columns, { fileName: file.name, things }));
}

/** The same from the sheets of a file, with pauses; at least one sheet is visible. */
export function* headedTable(
  sheets: readonly Sheet[],
  columns: readonly Column[],
  { fileName, things = 'schools' }: { readonly fileName: string; readonly things?: RowColumns['things'] },
): Slices<HeadedTable> {
  const wanted = wantedHeadings(columns);
  const all = sheets.map((sheet) => ({ sheet, place: findHeadings(sheet, wanted) }));
  const places = all.filter((one) => !one.sheet.hidden);
  const best = places.reduce((first, next) => (next.place.found > first.place.found ? next : first), places[0]!);
  refuseHeadings(
    fileName,
    places.map((one) => one.sheet),
    best,
    wanted,
  );
  const { sheet, place } = best;
  if (sheet.origin === 'csv') refuseExtraCells(fileName, sheet, place);
  const quantities = new Set(columns.filter(({ quantity }) => quantity).map(({ name }) => name));
  const filled = filledDown(sheet, place, quantities);
  const contents = yield* contentsBelow(filled, place);
  const judged = yield* judgeRows(contents, rowColumns(place.headings, quantities, things));
  const left = new Set(judged.leftOut.map(({ row }) => row));
  const rows: TableRow[] = [];
  for (const { row } of contents) {
    if (!left.has(row)) rows.push(...rowAt(filled, place, row));
    yield;
  }
  const others = all
    .filter((other) => other !== best && other.place.found === wanted.needed.length && holdsRows(other))
    .map((other) => other.sheet);
  return {
    sheet: sheet.name,
    headings: place.headings.flatMap((name, column) =>
      name ? [{ name, address: cellAddress(headingRow(sheet, place, column), column) }] : [],
    ),
    rows,
    ...judged,
    sheetsLeftOut: others.filter((other) => !other.hidden).map((other) => other.name),
    notes: [
      ...notesOn(sheet, place, rows, wanted),
      ...hiddenSheetNote(others.filter((other) => other.hidden).map((other) => other.name)),
    ],
  };
}

function holdsRows({ sheet, place }: { readonly sheet: Sheet; readonly place: HeadingPlace }): boolean {
  return sheet.rows.slice(place.row + 1).some((row) => row?.some((cell) => cell !== undefined));
}

/** Of two rows of headings, the one that holds the column's text. */
function headingRow(sheet: Sheet, { row, upper }: HeadingPlace, column: number): number {
  return upper !== undefined && shownCells(sheet, row)[column] === undefined ? upper : row;
}

function refuseHeadings(
  fileName: string,
  sheets: readonly Sheet[],
  { sheet, place }: { readonly sheet: Sheet; readonly place: HeadingPlace },
  wanted: Wanted,
): void {
  const names = place.found === 0 ? sheets.map(({ name }) => name) : [sheet.name];
  const absent = wanted.needed.filter((name) => !place.headings.includes(name));
  if (absent.length > 0) {
    throw problem('table.headingsMissing', {
      fileName,
      headings: absent,
      sheets: names.filter((name) => name !== ''),
      elsewhere: absent.flatMap((heading) => elsewhere(sheet, heading, wanted)),
    });
  }
  for (const heading of new Set([...wanted.known.values()].map(({ name }) => name))) {
    const twice = place.headings.flatMap((name, column) => (name === heading ? [column] : []));
    if (twice.length < 2) continue;
    const addresses = twice.map((column) => cellAddress(headingRow(sheet, place, column), column));
    throw problem('table.headingTwice', { heading, addresses });
  }
}

/**
 * The place of a missing heading that stands in another row than the others: a person sees it, but the reader does not
 * use it.
 */
function elsewhere(sheet: Sheet, heading: string, { known }: Wanted): { heading: string; address: string }[] {
  for (const [row, cells] of sheet.rows.slice(0, headingRows).entries()) {
    const column = cells?.findIndex((cell) => cell && known.get(headingKey(cell.text))?.name === heading) ?? -1;
    if (column >= 0) return [{ heading, address: cellAddress(row, column) }];
  }
  return [];
}

/**
 * A row of a CSV file with more fields than there are headings was shifted by a separator within a figure: 1,260. Where
 * most rows end in the same empty fields, no row was shifted.
 */
function refuseExtraCells(fileName: string, sheet: Sheet, place: HeadingPlace): void {
  const below = sheet.rows.slice(place.row + 1);
  const headings = Math.max(
    place.headings.length,
    ...[place.row, place.upper ?? place.row].map((row) => sheet.rows[row]!.length),
  );
  const isFilledBehind = (row: Sheet['rows'][number]) =>
    row?.slice(headings).some((cell) => cell !== undefined) ?? false;
  const usual = usualWidth(below.map((row) => row ?? []));
  const isTrailing = !below.some((row) => row?.length === usual && isFilledBehind(row));
  const width = isTrailing ? Math.max(headings, usual) : headings;
  const rows = below.flatMap((row, index) =>
    row && (row.length > width || isFilledBehind(row)) ? [{ row: place.row + index + 2, cells: row.length }] : [],
  );
  if (rows.length > 0) throw problem('table.extraCells', { fileName, headings, rows });
}

/**
 * A text that is merged over several rows, such as the name of a county, applies to each of them. Quantities do not: a
 * figure that covers two schools belongs to neither.
 */
function filledDown(sheet: Sheet, { row, headings }: HeadingPlace, quantities: ReadonlySet<string>): Sheet {
  const down = sheet.merges.filter(({ top, bottom }) => bottom > top && top > row);
  if (down.length === 0) return sheet;
  const rows = Array.from(sheet.rows, (cells) => cells && Array.from(cells));
  for (const { top, bottom, left } of down) {
    const cell = sheet.rows[top]?.[left];
    const heading = headings[left];
    if (cell?.kind !== 'text' || heading === undefined || quantities.has(heading)) continue;
    for (let below = top + 1; below <= bottom; below += 1) {
      // A row that is empty except for the merged cell holds no data, and is not there.
      const filled = rows[below];
      if (!filled) continue;
      const under = filled[left];
      // Some programs merge equal cells and leave the text in each: what a person sees is what is stored.
      const isSame = under?.covered === true && under.kind === 'text' && under.text === cell.text;
      if (under === undefined || isSame) filled[left] = cell;
    }
  }
  return { ...sheet, rows };
}

/** The cells of each row below the headings, for `judgeRows`. */
export function* contentsBelow(sheet: Sheet, { row: from }: HeadingPlace): Slices<RowContent[]> {
  const contents: RowContent[] = [];
  for (let row = from + 1; row < sheet.rows.length; row += 1) {
    const cells: RowContent['cells'][number][] = [];
    sheet.rows[row]?.forEach((cell, column) => {
      if (cell && cell.text !== '') cells.push({ column, text: cell.text, number: figureOf(cell) });
    });
    if (cells.length > 0) contents.push({ row: row + 1, cells });
    yield;
  }
  return contents;
}

function figureOf(cell: SheetCell): number | undefined {
  const read = numberOf(cell);
  return read.kind === 'number' ? read.value : undefined;
}

/** The cells of a row that stand below a heading; empty where all cells stand elsewhere. */
function rowAt(sheet: Sheet, { headings }: HeadingPlace, number: number): TableRow[] {
  const cells = new Map<string, TableCell>();
  sheet.rows[number - 1]?.forEach((cell, column) => {
    const name = headings[column];
    if (cell && (cell.text !== '' || cell.kind === 'empty') && name) {
      cells.set(name, { ...cell, address: cellAddress(number - 1, column) });
    }
  });
  return cells.size > 0 ? [{ number, cells }] : [];
}

function notesOn(sheet: Sheet, place: HeadingPlace, rows: readonly TableRow[], { known }: Wanted): string[] {
  const names = new Set([...known.values()].map(({ name }) => name));
  const hidden = hiddenNotes(
    sheet,
    rows.map(({ number }) => number - 1),
    place.headings.flatMap((name, column) => (name !== undefined && names.has(name) ? [column] : [])),
  );
  if (place.upper === undefined) return hidden;
  return [`列标题分写在第 ${place.upper + 1}、${place.row + 1} 两行，已合并读取。`, ...hidden];
}
