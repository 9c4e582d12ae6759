import { halfWidth } from './half-width.ts';

/** The text that a clerk typed into a cell, understood or not. `blank` is an empty cell: missing, never zero. */
export type NumberText = { kind: 'number'; value: number } | { kind: 'blank' } | { kind: 'unreadable' };

const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
/**
 * Groups of three digits, all separated by the same sign: a comma, or a blank as GB/T 15835 writes them (narrow ones
 * too).
 */
const grouped = /^[+-]?[1-9]\d{0,2}([, \u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d*)?$/;
/** Blanks and invisible signs: calculators and chat programs copy direction marks around a number. */
const aroundIt =
  /^[\s\u2800\p{Default_Ignorable_Code_Point}\p{Cf}]+|[\s\u2800\p{Default_Ignorable_Code_Point}\p{Cf}]+$/gu;

/**
 * Reads a number as offices type them: full-width digits (１２３．５), thousands separators (1,234.5, 1，234.5 and
 * 1 234.5), surrounding blanks and surrounding signs that cannot be seen are understood. Blanks, commas and unseen signs
 * elsewhere, a unit, a word, and signs that only look like digits (`1 2`, `0,123`, `5²`, `①`, `NaN`) are not guessed at.
 */
export function readNumberText(text: string): NumberText {
  const normal = halfWidth(text).replace(aroundIt, '').replace(/^[−–]/, '-');
  if (normal === '') return { kind: 'blank' };
  if (plain.test(normal)) return finite(Number(normal));
  if (grouped.test(normal)) return finite(Number(normal.replace(/[^\d.+-]/g, '')));
  return { kind: 'unreadable' };
}

function finite(value: number): NumberText {
  return Number.isFinite(value) ? { kind: 'number', value: value === 0 ? 0 : value } : { kind: 'unreadable' };
}

/** Decimals of the shortest decimal that a number prints as: 0 for 12, 2 for 0.25, 7 for 1e-7. */
export function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [whole = '', exponent = '0'] = String(value).split('e-');
  return (whole.split('.')[1]?.length ?? 0) + Number(exponent);
}
