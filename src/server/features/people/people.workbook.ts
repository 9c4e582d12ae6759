import { problem } from '#domain/kit/problem.ts';
import { decodeCsv, parseCsv, separators } from '#platform/documents/csv.ts';

/** The cells of an uploaded list as texts: the first visible sheet of a workbook, or a CSV in UTF-8 or GB 18030. */
export async function tableOf(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<string[][]> {
  if (/\.(csv|txt)$/i.test(file.name)) {
    const text = decodeCsv(file.bytes);
    if (text === undefined) throw problem('table.encoding', { fileName: file.name });
    const [head = ''] = text.split(/\r|\n/, 1);
    const [most] = [...separators].sort((a, b) => head.split(b).length - head.split(a).length);
    return parseCsv(text, most ?? ',');
  }
  const { readWorkbook } = await import('#platform/documents/workbook-read.ts');
  const { sheets } = await readWorkbook(file.bytes);
  const sheet = sheets.find((one) => !one.hidden);
  if (sheet === undefined) throw problem('request.invalid', { issues: [{ path: '名单', message: '没有工作表' }] });
  const table: string[][] = [];
  for (const cell of sheet.cells) {
    while (table.length <= cell.row) table.push([]);
    (table[cell.row] as string[])[cell.column] = cell.kind === 'error' ? '' : String(cell.value);
  }
  return table.map((row) => Array.from(row, (cell) => cell ?? ''));
}
