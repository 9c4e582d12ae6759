import { add, compare, divide, type Exact, exact, multiply, one, subtract, sum, zero } from '../../kit/decimal.ts';
import type { Code } from '../edition.ts';

/** The points that one layer (自评, 县级, 市级, 省级) or one reviewer gave, by leaf. */
export type LayerScores = ReadonlyMap<Code, Exact>;

/** One leaf of two layers side by side. */
export interface LayerDifference {
  readonly code: Code;
  readonly left: Exact | null;
  readonly right: Exact | null;
  /** left − right; null where one of them has no score. */
  readonly difference: Exact | null;
}

/** Two layers side by side over the given leaves, in their order. */
export function besideEachOther(codes: readonly Code[], left: LayerScores, right: LayerScores): LayerDifference[] {
  return codes.map((code) => {
    const [one, other] = [left.get(code) ?? null, right.get(code) ?? null];
    return { code, left: one, right: other, difference: one && other && subtract(one, other) };
  });
}

/**
 * How much a unit claimed beyond what was judged: the points claimed too much over the points of the leaves that both
 * scored; 0.05 means five points of a hundred, a negative index a unit that claimed less. Own formula (自拟): no document names
 * one.
 * @param maxima points of each leaf; a leaf without known points is left out
 * @returns null where no leaf was scored by both
 */
export function overClaimIndex(self: LayerScores, judged: LayerScores, maxima: LayerScores): Exact | null {
  const both = [...self.keys()].filter((code) => judged.has(code) && isPositive(maxima.get(code)));
  if (both.length === 0) return null;
  const claimed = sum(both.map((code) => subtract(self.get(code)!, judged.get(code)!)));
  return divide(claimed, sum(both.map((code) => maxima.get(code)!)));
}

/** What one reviewer gave at a leaf of one subject, and what the others gave there. */
export interface Review {
  readonly own: Exact;
  readonly others: readonly Exact[];
  readonly max: Exact;
}

/**
 * How much stricter a reviewer is than the others at the same leaves of the same subjects: the mean of (mean of the others −
 * own) over the points of the leaf. Positive: stricter; negative: more lenient. Own formula (自拟).
 * @returns null where nobody else scored what he scored
 */
export function severityIndex(reviews: readonly Review[]): Exact | null {
  const shares = reviews
    .filter(({ others, max }) => others.length > 0 && isPositive(max))
    .map(({ own, others, max }) => divide(subtract(meanOf(others), own), max));
  return shares.length === 0 ? null : meanOf(shares);
}

/**
 * The mean without the highest and the lowest score (去掉一个最高分和一个最低分), as case competitions count. Fewer
 * than three scores give their plain mean.
 * @returns null where there is no score
 */
export function trimmedMean(scores: readonly Exact[]): Exact | null {
  if (scores.length === 0) return null;
  if (scores.length < 3) return meanOf(scores);
  return meanOf([...scores].sort(compare).slice(1, -1));
}

/** The name under which results corrected by our own formula are shown. */
export const sampleCredibilityName = '自评可信度（自拟样本公式：1 − |自评 − 实地核查| ÷ 满分）';

/**
 * The correction of a result by how credible the self-score was. 山东省对市级人民政府履行教育职责评价 (2018) compares the field check with
 * the self-score and corrects the result by a factor whose formula is not published: this one is a sample of our own, named
 * so wherever it is shown.
 * @param scores self-score, score of the field check, the result that is corrected, and the maximum of all three
 * @returns the factor between 0 and 1, and the corrected result
 */
export function sampleCredibility(scores: {
  readonly self: Exact;
  readonly field: Exact;
  readonly result: Exact;
  readonly max: Exact;
}): { readonly factor: Exact; readonly corrected: Exact } {
  const difference = subtract(scores.self, scores.field);
  const distance = divide(compare(difference, zero) < 0 ? subtract(zero, difference) : difference, scores.max);
  const factor = compare(distance, one) >= 0 ? zero : subtract(one, distance);
  return { factor, corrected: multiply(scores.result, factor) };
}

function isPositive(value: Exact | undefined): boolean {
  return value !== undefined && compare(value, zero) > 0;
}

function meanOf(scores: readonly Exact[]): Exact {
  return divide(scores.reduce(add), exact(scores.length));
}
