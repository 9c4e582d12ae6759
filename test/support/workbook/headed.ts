import { isProblem } from '#domain/kit/problem.ts';
import { headedTable, readHeadedTable } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { type CellRange, type Sheet, sheetOfWorkbook } from '#platform/documents/sheet.ts';
import { numberOf } from '#platform/documents/table-cell.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { type GivenCell, readSheetOf } from './read-sheet.ts';

export const columns: readonly Column[] = [
  { name: '在校生数', units: ['人'], quantity: true },
  { name: '图书册数', units: ['册'], quantity: true },
];
export const schools = ['东城小学,420,6300', '西岭小学,186,3906', '南湾小学,655,7205'];
export const head = '学校名称,在校生数,图书册数';

export const csv = (...lines: string[]) =>
  readHeadedTable({ name: '表.csv', bytes: new TextEncoder().encode(lines.join('\r\n')) }, columns);

export async function refused(reading: () => Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await reading();
  } catch (error) {
    if (isProblem(error)) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'read', message: '' };
}

/** A sheet of a workbook from rows of values; cells of other kinds are set by their address. */
export function sheet(
  name: string,
  rows: readonly (readonly GivenCell[])[],
  {
    merges = [],
    hidden = [],
    others = {},
  }: { merges?: CellRange[]; hidden?: number[]; others?: Record<string, GivenCell> } = {},
): Sheet {
  const given = rows.map((row, at) =>
    row.map((value, column) => others[`${String.fromCharCode(65 + column)}${at + 1}`] ?? value),
  );
  return atOnce(sheetOfWorkbook(readSheetOf(name, given, { merges, hiddenRows: hidden.map((row) => row - 1) })));
}

export const read = (sheets: readonly Sheet[], wanted = columns) =>
  atOnce(headedTable(sheets, wanted, { fileName: '表.xlsx' }));
export const figures = (table: ReturnType<typeof read>, name = '图书册数') =>
  table.rows.map((row) => numberOf(row.cells.get(name)));
