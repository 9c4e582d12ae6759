import { problem } from '#domain/kit/problem.ts';
import { parseCsv, separators } from './csv.ts';
import { findHeadings, headingRows, type Wanted } from './heading-search.ts';
import { sheetOfCsv } from './sheet.ts';
import { decodeText } from './text-encoding.ts';

/** More than any city needs in a text file; a workbook has its own limits. */
export const textLimits = { megabytes: 32, rows: 100_000, columns: 1024, cells: 2_000_000 } as const;

/** The fields of a text file in the form in which they reach another thread: few large pieces, quick to move. */
export interface PackedFields {
  /** The characters of all fields, one after the other. */
  readonly characters: string;
  /** Where each field ends in them. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** How many fields each row has. */
  readonly widths: Uint32Array<ArrayBuffer>;
}

/**
 * The fields of a CSV file as they were written, in the encoding and with the separator that find most headings.
 * @throws Problem `table.tooLarge`, `table.emptyFile`, `table.wrongType`, `table.encoding`, `table.brokenBytes`,
 *   `table.nul`, `table.quote`
 */
export function fieldsOfText(fileName: string, bytes: Uint8Array, wanted: Wanted): readonly (readonly string[])[] {
  if (bytes.length > textLimits.megabytes * 1024 * 1024) {
    throw problem('table.tooLarge', { fileName, limit: `${textLimits.megabytes} MB` });
  }
  const ways = textsOf(fileName, bytes).flatMap((text) => separators.map((separator) => ({ text, separator })));
  // Titles above the headings may contain no separator, or another one.
  const found = ways.map(({ text, separator }) => {
    const top = text.split(/\r\n|\r|\n/, headingRows).join('\n');
    return findHeadings(sheetOfCsv(parseCsv(top, separator, textLimits.cells).rows), wanted).found;
  });
  const { text, separator } = ways[found.indexOf(Math.max(...found))]!;
  if (text.trim() === '') throw problem('table.emptyFile', { fileName });
  const { rows, fault } = parseCsv(text, separator, textLimits.cells);
  if (fault) throw problem('table.quote', { fileName, ...fault });
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  const limit =
    (rows.length > textLimits.rows && `${textLimits.rows} 行`) ||
    (columns > textLimits.columns && `${textLimits.columns} 列`) ||
    (cells > textLimits.cells && `${textLimits.cells} 个单元格`);
  if (limit) throw problem('table.tooLarge', { fileName, limit });
  return rows;
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

export function packFields(rows: readonly (readonly string[])[]): PackedFields {
  const widths = Uint32Array.from(rows, (row) => row.length);
  const ends = new Uint32Array(widths.reduce((sum, width) => sum + width, 0));
  let field = 0;
  let end = 0;
  for (const row of rows) {
    for (const text of row) {
      end += text.length;
      ends[field] = end;
      field += 1;
    }
  }
  return { characters: rows.map((row) => row.join('')).join(''), ends, widths };
}

/** The rows one after the other, so that the caller may pause between two of them. */
export function* unpackFields({ characters, ends, widths }: PackedFields): Generator<readonly string[]> {
  let field = 0;
  let start = 0;
  for (const width of widths) {
    const row: string[] = [];
    for (const last = field + width; field < last; field += 1) {
      row.push(characters.slice(start, ends[field]));
      start = ends[field]!;
    }
    yield row;
  }
}
