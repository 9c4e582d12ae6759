import { compare, type Exact, exact, round } from '../../kit/decimal.ts';

/** An exact figure as text, and whether that text is the figure itself or a rounding of it. */
export interface ExactText {
  readonly text: string;
  readonly rounded: boolean;
}

/**
 * All digits of a figure that ends (`96.8`, without zeros behind), else `decimals` + 4 digits, half up.
 * @param decimals the decimals of the edition
 */
export function exactTextOf(value: Exact, decimals: number): ExactText {
  const places = placesOf(value);
  const rounded = places === undefined;
  const text = round(value, places ?? decimals + 4);
  return { text, rounded: rounded || compare(exact(text), value) !== 0 };
}

/** The digits alone, for a machine: `96.8`, `66.666667`. */
export function exactText(value: Exact, decimals: number): string {
  return exactTextOf(value, decimals).text;
}

/** As a person reads it: a figure that does not end carries `≈` before its digits. */
export function markedText(value: Exact, decimals: number): string {
  const { text, rounded } = exactTextOf(value, decimals);
  return rounded ? `≈${text}` : text;
}

/** How many decimals a figure has, or undefined where they do not end: its divisor has a factor beside 2 and 5. */
function placesOf(value: Exact): number | undefined {
  const [rest, twos] = without(value.d, 2n);
  const [last, fives] = without(rest, 5n);
  return last === 1n ? Math.max(twos, fives) : undefined;
}

function without(number: bigint, factor: bigint): readonly [bigint, number] {
  let rest = number;
  let times = 0;
  while (rest % factor === 0n) {
    rest /= factor;
    times += 1;
  }
  return [rest, times];
}
