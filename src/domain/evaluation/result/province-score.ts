import type { Indicator, Points } from '../../framework/edition.ts';
import { answerFaults } from '../../framework/score/answer-check.ts';
import { compare, exact, zero } from '../../kit/decimal.ts';
import { type Problem, problem } from '../../kit/problem.ts';

/** What the province gave at one leaf, or to the whole, as its document says it. */
export interface ProvinceGiven {
  /** Null where the document names no figure. */
  readonly points: number | null;
  /** A grade, or that it does not apply; null where the document names none. */
  readonly words: string | null;
}

/** What the figure is held against: a leaf, or the points of the whole edition. */
export type ProvinceAt =
  | { readonly indicator: Indicator }
  | { readonly indicator: null; readonly max: Points; readonly passesMax: boolean };

/**
 * Why what the province gave is not taken, or null: points within what the leaf or the whole can have. Nothing is judged here; a figure
 * outside is a slip of whoever copied it.
 */
export function provinceRefusal(given: ProvinceGiven, at: ProvinceAt): Problem | null {
  const { points } = given;
  if (points === null) return null;
  if (at.indicator !== null) {
    const { code, points: worth } = at.indicator;
    const [fault] = worth === 'none' ? ['这项指标不计分，请填写等级或结论'] : answerFaults(at.indicator, { points });
    return fault === undefined ? null : problem('evaluation.provinceUnfit', { what: `指标 ${code}`, fault });
  }
  const { max, passesMax } = at;
  const isOver = typeof max === 'number' && !passesMax && compare(exact(points), exact(max)) > 0;
  if (!isOver && compare(exact(points), zero) >= 0) return null;
  return problem('evaluation.provinceUnfit', { what: '总分', fault: isOver ? `超过满分 ${max} 分` : '低于 0 分' });
}
