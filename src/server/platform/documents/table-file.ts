import { problem } from '#domain/kit/problem.ts';
import { parseCsv, separators } from './csv.ts';
import { findHeadings, headingRows, type Wanted } from './heading-search.ts';
import { type Sheet, sheetOfCsv, sheetOfWorkbook } from './sheet.ts';
import { decodeText } from './text-encoding.ts';
import { type Reader, readWorkbook } from './workbook-read.ts';

/** More than any city needs in a text file; a workbook has its own limits. */
export const textLimits = { megabytes: 32, rows: 100_000, columns: 1024, cells: 2_000_000 } as const;

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
    const filled = sheets.filter(({ cells }) => cells.length > 0);
    if (filled.every(({ hidden }) => hidden)) {
      throw problem('table.emptyFile', { fileName, hidden: filled.map(({ name }) => name) });
    }
    return sheets.map(sheetOfWorkbook);
  }
  if (/\.xlsx?$/i.test(fileName)) throw problem('table.wrongType', { fileName });
  return [csvSheet(fileName, bytes, wanted)];
}

function csvSheet(fileName: string, bytes: Uint8Array, wanted: Wanted): Sheet {
  if (bytes.length > textLimits.megabytes * 1024 * 1024) {
    throw problem('table.tooLarge', { fileName, limit: `${textLimits.megabytes} MB` });
  }
  const ways = textsOf(fileName, bytes).flatMap((text) => separators.map((separator) => ({ text, separator })));
  // Titles above the headings may contain no separator, or another one.
  const found = ways.map(({ text, separator }) => {
    const top = text.split(/\r\n|\r|\n/, headingRows).join('\n');
    return findHeadings(sheetOfCsv(parseCsv(top, separator).rows), wanted).found;
  });
  const { text, separator } = ways[found.indexOf(Math.max(...found))]!;
  if (text.trim() === '') throw problem('table.emptyFile', { fileName });
  const { rows, fault } = parseCsv(text, separator);
  if (fault) throw problem('table.quote', { fileName, ...fault });
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  const limit =
    (rows.length > textLimits.rows && `${textLimits.rows} 行`) ||
    (columns > textLimits.columns && `${textLimits.columns} 列`) ||
    (cells > textLimits.cells && `${textLimits.cells} 个单元格`);
  if (limit) throw problem('table.tooLarge', { fileName, limit });
  return sheetOfCsv(rows);
}

function textsOf(fileName: string, bytes: Uint8Array): readonly string[] {
  const decoded = decodeText(bytes);
  if (decoded.texts) return decoded.texts;
  const isTable = /\.(csv|txt|tsv)$/i.test(fileName);
  if (!isTable) throw problem('table.wrongType', { fileName });
  if ('nulLine' in decoded) throw problem('table.nul', { fileName, line: decoded.nulLine });
  const { brokenLines: lines, encoding } = decoded;
  throw lines.length === 0
    ? problem('table.encoding', { fileName })
    : problem('table.brokenBytes', { fileName, lines, encoding });
}
