/** Maps a value to a pixel. */
export type Scale = (value: number) => number;

/** A straight scale from `[low, high]` to `[from, to]`; an empty domain maps everything to the middle. */
export function linear([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  if (high === low) return () => (from + to) / 2;
  const slope = (to - from) / (high - low);
  return (value) => from + (value - low) * slope;
}

/** Round numbers from `low` to `high`, about `count` of them: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** The number of decimals at which no two ticks read alike. */
export function tickDecimals(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const step = Math.abs((values[1] as number) - (values[0] as number));
  for (let decimals = 0; decimals < 6; decimals += 1) {
    if (Math.abs(Number(step.toFixed(decimals)) - step) < step * 1e-6) return decimals;
  }
  return 6;
}

/**
 * The end of an axis that starts at 0. It includes all values, unless a few are so far out that the others would be
 * squeezed. Then it is three times the reference, and values beyond it are drawn at the edge and counted.
 */
export function axisEnd(values: readonly number[], references: readonly number[]): number {
  const largest = Math.max(0, ...values, ...references);
  const reference = Math.max(0, ...references);
  if (reference === 0 || largest <= reference * 3.2) return largest * 1.04 || 1;
  return reference * 3;
}
