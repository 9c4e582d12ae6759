import { parentPort, workerData } from 'node:worker_threads';
import { type CellObject, read, type WorkBook } from '@e965/xlsx';
import type { ReadCell, ReadSheet, readLimits, WorkerReply } from './workbook-read.ts';

/** Runs in a thread of its own: bytes in, cells out. See `workbook-read.ts`. */
const { bytes, limits } = workerData as { bytes: Uint8Array; limits: typeof readLimits };

parentPort!.postMessage(answer());

function answer(): WorkerReply {
  let book: WorkBook;
  try {
    book = read(bytes, { type: 'array', dense: true, cellDates: true, cellFormula: false, sheetRows: limits.rows + 1 });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return { ok: false, reason: /password|encrypt/i.test(message) ? 'password' : 'damaged' };
  }
  const sheets: ReadSheet[] = [];
  let count = 0;
  let characters = 0;
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    const rows = ((sheet as { '!data'?: (CellObject[] | undefined)[] } | undefined)?.['!data'] ?? []) as (
      | (CellObject | undefined)[]
      | undefined
    )[];
    if (rows.length > limits.rows) return { ok: false, reason: 'too-large' };
    const cells: ReadCell[] = [];
    for (const [rowIndex, row] of rows.entries()) {
      for (const [column, source] of (row ?? []).entries()) {
        const cell = source ? readCell(source, rowIndex, column) : null;
        if (!cell) continue;
        cells.push(cell);
        count += 1;
        // Many cells may share one text in the file; the message to the server holds a copy for each.
        characters += cell.text.length + (typeof cell.value === 'string' ? cell.value.length : 0);
        if (count > limits.cells || characters > limits.characters) return { ok: false, reason: 'too-large' };
      }
    }
    sheets.push({ name, hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, cells });
  }
  return { ok: true, sheets };
}

/** Formula results, links and rich text come as their plain value; an error cell is told apart, not taken as empty. */
function readCell(cell: CellObject, row: number, column: number): ReadCell | null {
  const text = cut(cell.w ?? String(cell.v ?? ''));
  switch (cell.t) {
    case 'n':
      return { row, column, kind: 'number', value: Number(cell.v), text };
    case 's':
      return String(cell.v ?? '').trim() === ''
        ? null
        : { row, column, kind: 'text', value: cut(String(cell.v)), text };
    case 'b':
      return { row, column, kind: 'truth', value: cell.v ? '是' : '否', text };
    case 'd':
      return { row, column, kind: 'date', value: text, text };
    case 'e':
      return { row, column, kind: 'error', value: text || '#N/A', text: text || '#N/A' };
    default:
      return null;
  }
}

function cut(text: string): string {
  return text.slice(0, limits.textLength);
}
