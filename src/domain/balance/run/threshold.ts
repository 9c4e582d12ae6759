import { add, compare, divide, type Exact, exact, multiply, rootBounds, subtract, sum } from '../../kit/decimal.ts';

/** One school's part in an indicator without rounding: its resources (× share × factor) and the pupils they are for. */
export interface ExactPart {
  readonly resources: Exact;
  readonly pupils: Exact;
}

/** Within this relative distance of a threshold a double is not exact enough to decide. */
const doubtful = 1e-9;

function near(value: number, threshold: number): boolean {
  return !(Math.abs(value - threshold) > doubtful * Math.abs(threshold));
}

/**
 * value ≥ threshold, where value = resources / pupils. Close to the threshold it is decided without rounding:
 * resources ≥ threshold · pupils. The double decides where it is farther away than 10⁻⁹ of the threshold.
 */
export function reaches(value: number, threshold: number, exactly: () => ExactPart): boolean {
  if (!near(value, threshold)) return value > threshold;
  const { resources, pupils } = exactly();
  return compare(resources, multiply(exact(threshold), pupils)) >= 0;
}

/** value ≥ share · threshold (the 85 % floor), decided as `reaches` does. */
export function reachesShare(value: number, threshold: number, share: number, exactly: () => ExactPart): boolean {
  if (!near(value, threshold * share)) return value > threshold * share;
  const { resources, pupils } = exactly();
  return compare(resources, multiply(multiply(exact(threshold), exact(share)), pupils)) >= 0;
}

/** CV² without rounding: S² / X̄². The parts have pupils above zero and resources whose sum is not zero. */
export function exactVariationSquared(parts: readonly ExactPart[]): Exact {
  const pupils = sum(parts.map((part) => part.pupils));
  const resources = sum(parts.map((part) => part.resources));
  const squares = sum(parts.map((part) => divide(multiply(part.resources, part.resources), part.pupils)));
  // S² = Σ x²/P / ΣP − X̄²; divided by X̄² = (Σx / ΣP)².
  return subtract(divide(multiply(squares, pupils), multiply(resources, resources)), exact(1));
}

/** cv ≤ limit, close to the limit decided as S² ≤ limit² · X̄² without rounding. */
export function withinLimit(cv: number, limit: number, exactly: () => readonly ExactPart[]): boolean {
  if (!near(cv, limit)) return cv < limit;
  return compare(exactVariationSquared(exactly()), multiply(exact(limit), exact(limit))) <= 0;
}

/**
 * limit − cv on the side that the exact comparison found: at least 0 if the coefficient is within its limit, below 0 if
 * it is not, even if the rounded difference has the other sign. So a sign never contradicts a verdict.
 */
export function distanceTo(limit: number, cv: number, pass: boolean): number {
  return pass ? Math.max(0, limit - cv) : Math.min(limit - cv, -Number.EPSILON * limit);
}

/**
 * 综合差异系数 ≤ limit, where it is the mean of the square roots of `exactly()`. Close to the limit the roots are bounded
 * from both sides to 40 digits, then to 400. A sum of roots that even then cannot be distinguished from the limit
 * counts as equal to it.
 */
export function compositeWithinLimit(composite: number, limit: number, exactly: () => readonly Exact[]): boolean {
  if (!near(composite, limit)) return composite < limit;
  const squares = exactly();
  const bound = multiply(exact(limit), exact(squares.length));
  for (const places of [40, 400]) {
    const bounds = squares.map((square) => rootBounds(square, places));
    const low = bounds.reduce((total, { low: root }) => add(total, root), exact(0));
    const high = bounds.reduce((total, { high: root }) => add(total, root), exact(0));
    if (compare(high, bound) <= 0) return true;
    if (compare(low, bound) > 0) return false;
  }
  return true;
}
