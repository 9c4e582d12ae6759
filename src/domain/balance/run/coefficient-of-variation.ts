import { spreadSize, weightedSpread } from '../../stats/weighted-spread.ts';

/**
 * 差异系数 of one indicator at one level. `reason` says why there is no figure; then `cv` is null, and the other figures
 * may be null too.
 */
export interface Variation {
  /** Schools that took part. */
  readonly n: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly cv: number | null;
  readonly reason: 'no-schools' | 'zero-mean' | 'negative-mean' | 'out-of-range' | null;
}

/**
 * 差异系数 CV = S / X̄, weighted by enrolment: X̄ = Σ resources / Σ pupils, S² = Σ (pupils / Σ pupils) · (resources /
 * pupils − X̄)², as in the annex of 教督〔2012〕3号 (《县域义务教育校际均衡指标计算方法》). A school whose resources are NaN
 * (missing) or whose pupils are not above zero is left out, resources and pupils. One school alone gives 0. Without a
 * mean above zero there is no figure: a negative one would lie below every limit.
 */
export function coefficientOfVariation(resources: ArrayLike<number>, pupils: ArrayLike<number>): Variation {
  const spread = new Float64Array(spreadSize);
  weightedSpread(resources, pupils, 0, resources.length, spread);
  const [n = 0, , mean = 0, standardDeviation = 0] = spread;
  if (n === 0) return { n, mean: null, standardDeviation: null, cv: null, reason: 'no-schools' };
  if (mean === 0) return { n, mean, standardDeviation, cv: null, reason: 'zero-mean' };
  if (mean < 0) return { n, mean, standardDeviation, cv: null, reason: 'negative-mean' };
  const cv = standardDeviation / mean;
  // The squares of such figures exceed a double; the figures that are still numbers are returned.
  if (!Number.isFinite(cv)) {
    const told = (figure: number) => (Number.isFinite(figure) ? figure : null);
    return { n, mean: told(mean), standardDeviation: told(standardDeviation), cv: null, reason: 'out-of-range' };
  }
  return { n, mean, standardDeviation, cv, reason: null };
}

/**
 * What each school adds to the variation: its term pupils · (value − X̄)² over the sum of terms, 0 for all where there is
 * no variation, null for a school that took no part. The shares add up to 1.
 */
export function contributions(
  resources: ArrayLike<number>,
  pupils: ArrayLike<number>,
  mean: number,
): Array<number | null> {
  const terms = Array.from({ length: resources.length }, (_, row) => {
    const heads = pupils[row]!;
    const amount = resources[row]!;
    return heads > 0 && !Number.isNaN(amount) ? heads * (amount / heads - mean) ** 2 : null;
  });
  const total = terms.reduce<number>((sum, term) => sum + (term ?? 0), 0);
  return terms.map((term) => (term === null ? null : total === 0 ? 0 : term / total));
}
