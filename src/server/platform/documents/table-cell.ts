import { halfWidth } from '#domain/kit/half-width.ts';
import { inexactNumber, readNumberText } from '#domain/kit/number-text.ts';
import { codePointName, invisibleIn, withoutInvisible } from '#domain/text/characters.ts';
import type { SheetCell } from './sheet.ts';

/** One cell of a table as it was found. */
export interface TableCell extends SheetCell {
  /** `D7`, as Excel shows it; in a CSV file the same place. */
  readonly address: string;
}

/** The value of a cell as a number: missing, a number (perhaps stored as text), or not readable as a number. */
export type CellNumber =
  | { readonly kind: 'blank' }
  | { readonly kind: 'number'; readonly value: number; readonly asText: boolean }
  | { readonly kind: 'fault'; readonly message: string };

/**
 * Reads a cell as a number. Full-width digits, thousands separators and invisible characters around the number are
 * accepted. A text that is not a number, a number with too many digits and an unreadable cell are faults with a
 * sentence. `asText` says that a cell stores the number as text.
 */
export function numberOf(cell: SheetCell | undefined): CellNumber {
  if (!cell) return { kind: 'blank' };
  if (cell.fault !== undefined) return { kind: 'fault', message: cell.fault };
  if (cell.number !== undefined) return { kind: 'number', value: cell.number, asText: false };
  const read = readNumberText(cell.text);
  if (read.kind === 'unreadable') return { kind: 'fault', message: `“${cell.text}”不是数字${unseenIn(cell.text)}` };
  if (read.kind === 'inexact') return { kind: 'fault', message: `“${cell.text}”${inexactNumber}` };
  return read.kind === 'blank' ? read : { kind: 'number', value: read.value, asText: true };
}

function unseenIn(text: string): string {
  const unseen = invisibleIn(text).map(codePointName);
  return unseen.length === 0 ? '' : `（中间有看不见的字符 ${unseen.join('、')}）`;
}

/** The text of a cell; a number that Excel stores as such (a code typed without apostrophe) in full digits. */
export function ownText(cell: SheetCell | undefined): string {
  if (!cell) return '';
  if (cell.number === undefined || !Number.isInteger(cell.number)) return cell.text;
  // A larger number would be written as 1e21.
  return Number.isSafeInteger(cell.number) ? String(cell.number) : BigInt(cell.number).toString();
}

/**
 * The same in half width and without invisible characters: for codes and words that are looked up, not for stored text.
 */
export function textOf(cell: SheetCell | undefined): string {
  return halfWidth(withoutInvisible(ownText(cell))).trim();
}
