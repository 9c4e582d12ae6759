import Fraction from 'fraction.js';

/**
 * Exact rational numbers, for the few decisions where a double would not do (a school exactly on a threshold).
 * This is the only file that knows the library behind them.
 */
export type Exact = Fraction;

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * The exact value of what a person wrote: a number is taken as its shortest decimal (0.1 is one tenth, not the double
 * next to it), a text as the decimal it spells.
 * @throws RangeError for NaN, infinities and texts that are no decimal: a programming error, not a clerk's.
 */
export function exact(value: number | string): Exact {
  const match = decimalPattern.exec(String(value));
  if (!match) throw new RangeError(`not a decimal: ${value}`);
  const [, sign, whole = '', part = '', exponent = '0'] = match;
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  const shift = Number(exponent) - part.length;
  return shift >= 0 ? new Fraction(digits * 10n ** BigInt(shift), 1n) : new Fraction(digits, 10n ** BigInt(-shift));
}

/** left + right */
export function add(left: Exact, right: Exact): Exact {
  return left.add(right);
}

/** left − right */
export function subtract(left: Exact, right: Exact): Exact {
  return left.sub(right);
}

/** left × right */
export function multiply(left: Exact, right: Exact): Exact {
  return left.mul(right);
}

/** left ÷ right; the caller has made sure that `right` is not zero. */
export function divide(left: Exact, right: Exact): Exact {
  return left.div(right);
}

/** −value */
export function negate(value: Exact): Exact {
  return value.neg();
}

/** Nothing, made once. */
export const zero: Exact = new Fraction(0);

/** One, made once. */
export const one: Exact = new Fraction(1);

/** Whether it is nothing. */
export function isZero(value: Exact): boolean {
  return value.n === 0n;
}

/** Whether it has no part behind the point. */
export function isWhole(value: Exact): boolean {
  return value.d === 1n;
}

/** One text for one number: `2/3`. */
export function fractionText(value: Exact): string {
  return value.toFraction();
}

/** The largest whole number that is not above it. */
export function floor(value: Exact): Exact {
  return value.floor(0);
}

/** The smallest whole number that is not below it. */
export function ceiling(value: Exact): Exact {
  return value.ceil(0);
}

/** The smaller of two. */
export function lesser(left: Exact, right: Exact): Exact {
  return left.compare(right) <= 0 ? left : right;
}

/** The larger of two. */
export function greater(left: Exact, right: Exact): Exact {
  return left.compare(right) >= 0 ? left : right;
}

/** Negative, zero or positive as `left` is below, equal to or above `right`. */
export function compare(left: Exact, right: Exact): number {
  return left.compare(right);
}

/** Adds up pairwise, so that the denominators of many fractions grow in a balanced way. */
export function sum(values: readonly Exact[]): Exact {
  if (values.length === 0) return new Fraction(0);
  let level = [...values];
  while (level.length > 1) {
    const next: Exact[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? level[i]!.add(level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0]!;
}

/** The nearest double. */
export function toNumber(value: Exact): number {
  // Fraction.valueOf divides two doubles, which overflows for long numerators: divide in integers, then let the
  // engine's own decimal reader round. The last digit stands for the remainder of the division.
  const places = BigInt(Math.max(0, 25 - value.n.toString().length + value.d.toString().length));
  const scaled = value.n * 10n ** places;
  const quotient = scaled / value.d;
  const rest = scaled % value.d === 0n ? '0' : '1';
  return Number(value.s) * Number(`${quotient}${rest}e-${places + 1n}`);
}

/**
 * Rounds half away from zero to `places` decimals and prints exactly that many: 0.5125 with 3 places is `0.513`.
 * This is how the published tables round (three decimals, half up).
 */
export function round(value: Exact, places: number): string {
  const scaled = value.n * 10n ** BigInt(places);
  const quotient = scaled / value.d + (2n * (scaled % value.d) >= value.d ? 1n : 0n);
  const digits = quotient.toString().padStart(places + 1, '0');
  const sign = value.s < 0n && quotient !== 0n ? '-' : '';
  return sign + (places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** Two rationals around the square root of a non-negative value, at most 10^−`places` apart; equal where it is exact. */
export function rootBounds(value: Exact, places: number): { low: Exact; high: Exact } {
  const exactRoot = rationalRoot(value);
  if (exactRoot) return { low: exactRoot, high: exactRoot };
  const unit = 10n ** BigInt(places);
  const low = integerRoot((value.n * unit * unit) / value.d);
  return { low: new Fraction(low, unit), high: new Fraction(low + 1n, unit) };
}

function rationalRoot(value: Exact): Exact | undefined {
  const numerator = integerRoot(value.n);
  const denominator = integerRoot(value.d);
  if (numerator * numerator !== value.n || denominator * denominator !== value.d) return undefined;
  return new Fraction(numerator, denominator);
}

/** The largest integer whose square is not above `value` (Newton's method from above). */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
