import { type Reader, readInThread } from './file-read.ts';
import type { ReadLimits } from './workbook/limits.ts';
import { formatOf } from './workbook/parse.ts';
import { ReadSheet } from './workbook/sheet.ts';

export type { ReadCell, ReadSheet } from './workbook/sheet.ts';

export interface ReadWorkbook {
  readonly format: 'xlsx' | 'xls';
  readonly sheets: readonly ReadSheet[];
}

/**
 * Limits for the tables of the product: one school a row, and more rows, columns and cells than a city has. The reader
 * keeps longer texts than any imported table accepts, so that a field can say by how much a text is too long; imports
 * check that when the server starts.
 */
export const readLimits: ReadLimits = {
  rows: 6000,
  columns: 1024,
  cells: 400_000,
  walked: 5_000_000,
  ranges: 10_000,
  merged: 60_000,
  textLength: 2400,
  characters: 8_000_000,
};

/**
 * Reads the cells of a workbook in a thread of its own with a limit on memory and time, so that a hostile or enormous
 * file affects only its sender and nobody else.
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`, `import.busy`,
 *   `import.busyOwn`
 */
export async function readWorkbook(bytes: Uint8Array, reader: Reader = {}, limits = readLimits): Promise<ReadWorkbook> {
  const format = formatOf(bytes);
  const book = await readInThread({ kind: format, bytes, limits }, reader);
  return { format, sheets: book.sheets.map((sheet) => new ReadSheet(sheet, book)) };
}
