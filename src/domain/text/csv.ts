import { guarded } from './formula-guard.ts';
import { writableText } from './writable.ts';

/**
 * Rows as the text of a CSV file that Excel and WPS open without asking: a byte order mark before it, lines ended by CR
 * LF, cells quoted where RFC 4180 asks for it, no text that runs as a formula, no sign that a workbook made of it could
 * not hold. A missing cell (null) is empty.
 */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = guarded(writableText(value));
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
