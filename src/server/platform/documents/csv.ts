/** Possible separators between the fields of a line, the usual one first. */
export const separators = [',', '\t', ';'] as const;
export type Separator = (typeof separators)[number];

/** A quote that opens a field and is not closed where the field ends. Rows count from 1. */
export interface QuoteFault {
  /** The row in which the quote was opened. */
  readonly row: number;
  /** The row of the next quote; undefined where there is none. */
  readonly nextRow: number | undefined;
}

export interface ParsedCsv {
  /** The fields of each row as they were written; a blank line is a row with one empty field. */
  readonly rows: readonly (readonly string[])[];
  /** If set, the rows end before this one. */
  readonly fault: QuoteFault | undefined;
}

/** A quoted field that covers more than one line. */
interface LongField {
  readonly row: number;
  readonly column: number;
  readonly lines: readonly string[];
}

const lineBreak = /\r\n|\r|\n/;

/**
 * Splits CSV text into rows of texts (RFC 4180: quoted fields may hold separators, line breaks and doubled quotes).
 * Nothing is interpreted: `0123` and `1-2` stay unchanged, and a quote within a field (`5"`) is a character. A quote
 * that opens a field must be closed where the field ends. The quoted text must not swallow rows: it would then look
 * like rows, with as many separators as the table has.
 * @param most how many fields are read at least where the text has so many; it need not be read to its end
 */
export function parseCsv(text: string, separator: Separator, most = Number.POSITIVE_INFINITY): ParsedCsv {
  const rows: string[][] = [];
  const long: LongField[] = [];
  const fieldEnd = new RegExp(`[${separator}\r\n]`, 'g');
  let row: string[] = [];
  let at = 0;
  for (let fields = 0; at < text.length; fields += 1) {
    if (fields > most) {
      rows.push(row);
      break;
    }
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      const after = close === undefined ? undefined : afterQuote(text, close, separator);
      if (close === undefined || after === undefined) {
        const next = close === undefined ? undefined : rows.length + text.slice(at, close).split(lineBreak).length;
        return { rows, fault: { row: rows.length + 1, nextRow: next } };
      }
      const content = text.slice(at + 1, close);
      const lines = content.split(lineBreak);
      if (lines.length > 1) long.push({ row: rows.length, column: row.length, lines });
      row.push(content.replaceAll('""', '"'));
      at = after;
    } else {
      fieldEnd.lastIndex = at;
      const end = fieldEnd.exec(text)?.index ?? text.length;
      row.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === separator) {
      at += 1;
      if (at === text.length || text[at] === '\r' || text[at] === '\n') row.push('');
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') continue;
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  const fault = swallowing(rows, long, separator);
  return { rows: fault ? rows.slice(0, fault.row - 1) : rows, fault };
}

function closingQuote(text: string, open: number): number | undefined {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

/** The end of the field behind its closing quote. Only blanks may stand between; undefined where anything else does. */
function afterQuote(text: string, close: number, separator: Separator): number | undefined {
  let at = close + 1;
  while (text[at] === ' ') at += 1;
  return at >= text.length || text[at] === separator || text[at] === '\r' || text[at] === '\n' ? at : undefined;
}

/** The first long field whose lines are rows: it was opened in one row and closed by a quote of a later row. */
function swallowing(
  rows: readonly (readonly string[])[],
  long: readonly LongField[],
  separator: Separator,
): QuoteFault | undefined {
  if (long.length === 0) return undefined;
  const width = usualWidth(rows);
  if (width < 2) return undefined;
  const found = long.find(({ row, column, lines }) => {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const total = counts.reduce((left, right) => left + right, 0);
    if (total === 0) return rows[row]!.length > width && column === width - 1;
    return (
      total >= width - 1 ||
      (column < width - 1 && counts[0] === width - 1 - column) ||
      (column === width - 1 && rows[row]!.length > width)
    );
  });
  return found && { row: found.row + 1, nextRow: found.row + found.lines.length };
}

/** How many fields most rows have; blank lines and titles of one field do not count. */
export function usualWidth(rows: readonly (readonly unknown[])[]): number {
  const times = new Map<number, number>();
  for (const { length } of rows) if (length > 1) times.set(length, (times.get(length) ?? 0) + 1);
  let usual = 1;
  for (const [width, count] of times) if (count > (times.get(usual) ?? 0)) usual = width;
  return usual;
}
