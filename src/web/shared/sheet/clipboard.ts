/**
 * A block as Excel, WPS and LibreOffice put it on the clipboard. Tabs separate cells and line breaks separate rows. A
 * cell that contains a tab, a line break or a quotation mark is put in quotation marks, and marks inside are doubled.
 * The line break after the last row does not begin another row.
 */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const source = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  while (at < source.length) {
    const { cell, next } = readCellText(source, at);
    row.push(cell);
    at = next;
    if (source[at] === '\t') {
      at += 1;
      // A tab at the very end opens one more, empty cell.
      if (at === source.length || source[at] === '\n') row.push('');
      if (at < source.length && source[at] !== '\n') continue;
    }
    rows.push(row);
    row = [];
    at += 1;
  }
  return rows;
}

function readCellText(source: string, from: number): { cell: string; next: number } {
  if (source[from] === '"') {
    const quoted = readQuoted(source, from + 1);
    if (quoted) return quoted;
  }
  let next = from;
  while (next < source.length && source[next] !== '\t' && source[next] !== '\n') next += 1;
  return { cell: source.slice(from, next), next };
}

/** Null where the closing mark is missing or something follows it: the marks are then part of the text. */
function readQuoted(source: string, from: number): { cell: string; next: number } | null {
  let cell = '';
  for (let at = from; at < source.length; at += 1) {
    if (source[at] !== '"') {
      cell += source[at];
    } else if (source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else {
      const next = at + 1;
      return next === source.length || source[next] === '\t' || source[next] === '\n' ? { cell, next } : null;
    }
  }
  return null;
}

/** The same form for copying, so that a block goes to Excel and back unchanged. */
export function writeBlock(rows: ReadonlyArray<readonly string[]>): string {
  return rows.map((row) => row.map(quoted).join('\t')).join('\r\n');
}

function quoted(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
