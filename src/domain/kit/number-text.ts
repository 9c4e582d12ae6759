import { halfWidth } from './half-width.ts';

/**
 * The text that a clerk typed into a cell, understood or not. `blank` is an empty cell: missing, never zero. `inexact` is
 * a number with more digits than can be kept.
 */
export type NumberText =
  | { kind: 'number'; value: number }
  | { kind: 'blank' }
  | { kind: 'unreadable' }
  | { kind: 'inexact' };

/** What is wrong with a number that `keepsNumber` refuses, to stand behind the number itself. */
export const inexactNumber = '位数过多，无法准确保存，最多 15 位有效数字';

const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
/**
 * Groups of three digits, all separated by the same sign: a comma, or a blank as GB/T 15835 writes them (narrow ones
 * too).
 */
const grouped = /^[+-]?[1-9]\d{0,2}([, \u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d*)?$/;
/** Blanks and invisible signs: calculators and chat programs copy direction marks around a number. */
const aroundIt = /[\s\u2800\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

/**
 * Reads a number as offices type them: full-width digits (１２３．５), thousands separators (1,234.5, 1，234.5 and
 * 1 234.5), surrounding blanks and surrounding signs that cannot be seen are understood. Blanks, commas and unseen signs
 * elsewhere, a unit, a word, and signs that only look like digits (`1 2`, `0,123`, `5²`, `①`, `NaN`) are not guessed at. A
 * number that would be stored changed is inexact.
 */
export function readNumberText(text: string): NumberText {
  const normal = trimmed(halfWidth(text)).replace(/^[−–]/, '-');
  if (normal === '') return { kind: 'blank' };
  if (plain.test(normal)) return kept(normal);
  if (grouped.test(normal)) return kept(normal.replace(/[^\d.+-]/g, ''));
  return { kind: 'unreadable' };
}

/** By hand from both ends: an expression for the end begins anew at each of a thousand blanks in the middle. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to) {
    const sign = String.fromCodePoint(text.codePointAt(from)!);
    if (!aroundIt.test(sign)) break;
    from += sign.length;
  }
  while (to > from) {
    const low = text.charCodeAt(to - 1);
    const start = low >= 0xdc00 && low <= 0xdfff && to - from > 1 ? to - 2 : to - 1;
    if (!aroundIt.test(text.slice(start, to))) break;
    to = start;
  }
  return text.slice(from, to);
}

function kept(text: string): NumberText {
  if (!keepsNumber(text)) return { kind: 'inexact' };
  const value = Number(text);
  return { kind: 'number', value: value === 0 ? 0 : value };
}

/**
 * Whether a decimal (`-12.50`, `1e5`) is stored as it is written: the stored number prints as the same decimal. All
 * numbers of at most fifteen significant digits do (IEEE 754, binary64); 9007199254740993 does not.
 */
export function keepsNumber(text: string): boolean {
  const value = Number(text);
  return Number.isFinite(value) && significand(text) === significand(String(value));
}

/** The digits between the zeros at both ends, and the power of ten of the last one: `12e-1` for 01.20. */
function significand(text: string): string {
  const [, whole = '', part = '', exponent = '0'] = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return end === 0 ? '0' : `${digits.slice(0, end)}e${Number(exponent) - part.length + digits.length - end}`;
}

/** A decimal with its thousands set apart, as numbers stand on the screen: `1204.5` as `1,204.5`. */
export function groupedDigits(decimal: string): string {
  const [whole = '', part] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A number as its shortest decimal, with its thousands set apart. */
export const groupedNumber = (value: number): string => groupedDigits(String(value));

/** Decimals of the shortest decimal that a number prints as: 0 for 12, 2 for 0.25, 7 for 1e-7. */
export function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [whole = '', exponent = '0'] = String(value).split('e-');
  return (whole.split('.')[1]?.length ?? 0) + Number(exponent);
}
