import { problem } from '#domain/kit/problem.ts';
import { inSlices } from '../threads/slices.ts';
import { type Reader, readInThread } from './file-read.ts';
import type { Wanted } from './heading-search.ts';
import { longSheetOfCsv, type Sheet, sheetsOfWorkbook } from './sheet.ts';
import { fieldsOfText, unpackFields } from './table-text.ts';
import { readWorkbook } from './workbook-read.ts';

/**
 * The sheets of a workbook, or the one of a CSV file. The first bytes of a file decide its type, not its name.
 */
export async function readSheets(
  { name: fileName, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  wanted: Wanted,
  reader: Reader = {},
): Promise<Sheet[]> {
  if (bytes.length === 0) throw problem('table.emptyFile', { fileName });
  const starts = (...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    const { sheets } = await readWorkbook(bytes, reader);
    const filled = sheets.filter(({ isEmpty }) => !isEmpty);
    if (filled.every(({ hidden }) => hidden)) {
      throw problem('table.emptyFile', { fileName, hidden: filled.map(({ name }) => name) });
    }
    return inSlices(sheetsOfWorkbook(sheets));
  }
  if (/\.xlsx?$/i.test(fileName)) throw problem('table.wrongType', { fileName });
  return [await csvSheet(fileName, bytes, wanted, reader)];
}

/** Bytes of a text that is read where it is: a thread would take longer than that. */
const shortText = 256 * 1024;

async function csvSheet(fileName: string, bytes: Uint8Array, wanted: Wanted, reader: Reader): Promise<Sheet> {
  const fields =
    bytes.length <= shortText
      ? fieldsOfText(fileName, bytes, wanted)
      : unpackFields(await readInThread({ kind: 'text', fileName, bytes, wanted }, reader));
  return inSlices(longSheetOfCsv(fields));
}
