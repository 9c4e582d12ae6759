import type { ListedCell, ListedSheet } from '#domain/access/people-list.ts';
import { problem } from '#domain/kit/problem.ts';
import { decodeCsv, parseCsv, separators } from '#platform/documents/csv.ts';
import { cellFault, type ReadSheet, readWorkbook } from '#platform/documents/workbook-read.ts';

/** A sheet of an uploaded list; `source` is what a workbook says of it. */
export interface UploadedSheet extends ListedSheet {
  readonly source: ReadSheet | undefined;
}

/**
 * The visible sheets of a workbook, or a CSV in UTF-8 or GB 18030 as one sheet.
 * @param person whose file it is, see `readWorkbook`
 */
export async function tableOf(
  file: { readonly name: string; readonly bytes: Uint8Array },
  person: string,
): Promise<UploadedSheet[]> {
  if (/\.(csv|txt)$/i.test(file.name)) {
    const text = decodeCsv(file.bytes);
    if (text === undefined) throw problem('table.encoding', { fileName: file.name });
    const [head = ''] = text.split(/\r|\n/, 1);
    const [most] = [...separators].sort((a, b) => head.split(b).length - head.split(a).length);
    const rows = parseCsv(text, most ?? ',').map((row) => row.map((field) => ({ text: field })));
    return [{ name: '', rows, source: undefined }];
  }
  const { sheets } = await readWorkbook(file.bytes, person);
  return sheets
    .filter((sheet) => !sheet.hidden)
    .map((sheet) => {
      const rows: ListedCell[][] = [];
      for (const cell of sheet.cells) {
        rows[cell.row] ??= [];
        rows[cell.row]![cell.column] = { text: cell.text, fault: cellFault(cell, '单元格')?.message };
      }
      return { name: sheet.name, rows: Array.from(rows), source: sheet };
    });
}
