import { problem } from '#domain/kit/problem.ts';

/** The cells of an uploaded list as texts: the first visible sheet of a workbook, or a CSV in UTF-8 or GB 18030. */
export async function tableOf(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<string[][]> {
  if (/\.(csv|txt)$/i.test(file.name)) return parseCsv(decode(file.bytes));
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

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Excel in Chinese saves as "CSV".
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Rows of a CSV text: quotes as in RFC 4180, commas or tabs. */
function parseCsv(text: string): string[][] {
  const separator = text.split('\n', 1)[0]?.includes('\t') ? '\t' : ',';
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else if (sign !== '\r' && sign !== '\uFEFF') cell += sign;
  }
  endCell();
  return rows;
}
