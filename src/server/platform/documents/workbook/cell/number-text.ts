import { keepsNumber } from '#domain/kit/number-text.ts';

/** A number to fifteen significant digits, as a spreadsheet shows it: `58.080000000000005` is 58.08. */
export function toFifteenDigits(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value : Number(value.toPrecision(15));
}

/** The number as a plain decimal of at most fifteen significant digits; an exponent only for very long ones. */
export function fifteenDigitText(value: number): string {
  const text = String(toFifteenDigits(value));
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text === '-0' ? '0' : text;
  const [, sign = '', first = '', rest = '', exponent = ''] = parts;
  const shift = Number(exponent);
  if (shift > 30 || shift < -20) return text.toUpperCase();
  const digits = first + rest;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return sign + digits.padEnd(shift + 1, '0');
}

const zero = 0x30;
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** The text between two bytes as a number. */
export interface ScannedNumber {
  value: number;
  /** Whether it was written with more than fifteen digits, so that a spreadsheet may show fewer. */
  long: boolean;
  /**
   * Whether it was written with digits that no number keeps: more than the seventeen that programs write of a result, or
   * the digits of a longer integer.
   */
  inexact: boolean;
}

/**
 * Reads a number of XML Schema (`-12.5E3`) from ASCII bytes. For anything else, including `NaN` and `INF`, it returns
 * false and does not change `into`. Short numbers are exact without the general routine, because both factors are
 * exact.
 */
export function scanNumber(bytes: Buffer, from: number, to: number, into: ScannedNumber): boolean {
  let at = from;
  let end = to;
  while (at < end && bytes[at]! <= 0x20) at += 1;
  while (end > at && bytes[end - 1]! <= 0x20) end -= 1;
  const start = at;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative || bytes[at] === 0x2b) at += 1;
  let mantissa = 0;
  let digits = 0;
  let places = 0;
  let hasDigit = false;
  let isFraction = false;
  for (; at < end; at += 1) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) {
      hasDigit = true;
      if (digits > 0 || digit > 0) digits += 1;
      if (digits <= 15) mantissa = mantissa * 10 + digit;
      if (isFraction) places += 1;
    } else if (bytes[at] === 0x2e && !isFraction) isFraction = true;
    else break;
  }
  if (!hasDigit) return false;
  let exponent = 0;
  if (at < end) {
    const read = exponentAt(bytes, at, end);
    if (read === undefined) return false;
    exponent = read;
  }
  const shift = exponent - places;
  let value: number;
  if (digits <= 15 && shift >= -22 && shift <= 22) {
    value = shift < 0 ? mantissa / powers[-shift]! : mantissa * powers[shift]!;
    if (isNegative) value = -value;
  } else value = Number(bytes.toString('latin1', start, end));
  if (!Number.isFinite(value)) return false;
  into.value = value === 0 ? 0 : value;
  into.long = digits > 15;
  const manyDigits = digits > 17 || (digits > 15 && shift === 0);
  into.inexact = manyDigits && !keepsNumber(bytes.toString('latin1', start, end));
  return true;
}

/** The number behind `E`, to the end; undefined where there is anything else. */
function exponentAt(bytes: Buffer, at: number, end: number): number | undefined {
  if ((bytes[at]! | 0x20) !== 0x65) return undefined;
  let place = at + 1;
  const isNegative = bytes[place] === 0x2d;
  if (isNegative || bytes[place] === 0x2b) place += 1;
  if (place === end) return undefined;
  let exponent = 0;
  for (; place < end; place += 1) {
    const digit = bytes[place]! - zero;
    if (digit < 0 || digit > 9) return undefined;
    if (exponent < 100_000) exponent = exponent * 10 + digit;
  }
  return isNegative ? -exponent : exponent;
}
