import { expect } from 'vitest';
import { parseWorkbook } from '#platform/documents/workbook/parse.ts';
import { type ReadCell, ReadSheet } from '#platform/documents/workbook/sheet.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { bookOfRows } from './workbook-file.ts';

/** The sheets of a workbook, as the product reads them. */
export async function sheetsOf(bytes: Uint8Array): Promise<ReadSheet[]> {
  const book = await parseWorkbook(bytes, readLimits);
  return book.sheets.map((sheet) => new ReadSheet(sheet, book));
}

/** The cells of the first sheet, in the plainest form. */
export async function cellsOf(bytes: Uint8Array) {
  const [sheet] = await sheetsOf(bytes);
  return sheet!.cells.map(({ kind, value }) => [kind, value]);
}

/** The one cell of a sheet with this row. */
export async function cellOf(cell: string, plan: Parameters<typeof bookOfRows>[1] = {}): Promise<ReadCell | undefined> {
  const [sheet] = await sheetsOf(bookOfRows(`<row r="1">${cell}</row>`, plan));
  expect(sheet!.cells.length).toBeLessThan(2);
  return sheet!.cells[0];
}
