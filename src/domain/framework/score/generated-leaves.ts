import { divide, exact, floor, multiply, subtract, sum, toNumber } from '../../kit/decimal.ts';
import type { Figure, Indicator } from '../edition.ts';

/** A problem of the last round that becomes a leaf: how far it is solved is scored. */
export interface LastProblem {
  readonly title: string;
  /** Its part of the points against the others; 1 where nothing is said. */
  readonly weight?: Figure;
}

/**
 * The leaves that a branch has for one subject: its points shared over the subject's problems of the last round, to the
 * decimals of the edition (上轮反馈问题分摊, as the checks of 教育强镇 of 2008 do). What the rounding leaves over goes to the largest
 * remainders, the first of equal ones, so that the shares add up to the points. Without problems there are no leaves: the
 * branch is then a leaf that does not apply.
 * @param branch with known points and `generatedFrom`
 * @param decimals of the edition
 * @throws RangeError for a branch without known points
 */
export function generatedLeaves(branch: Indicator, problems: readonly LastProblem[], decimals: number): Indicator[] {
  if (typeof branch.points !== 'number') throw new RangeError(`${branch.code} has no points to share`);
  const shares = sharesOf(
    branch.points,
    problems.map(({ weight }) => weight ?? 1),
    decimals,
  );
  return problems.map(({ title }, at): Indicator => {
    return { code: `${branch.code}-${at + 1}`, parent: branch.code, title, points: shares[at]! };
  });
}

/**
 * Shares points by weights to some decimals, by the largest remainder: 30 over seven equal parts with two decimals are
 * four of 4.29 and three of 4.28, together 30.
 */
export function sharesOf(points: Figure, weights: readonly Figure[], decimals: number): Figure[] {
  if (weights.length === 0) return [];
  const unit = exact(`1e-${decimals}`);
  const all = sum(weights.map((weight) => exact(weight)));
  const parts = weights.map((weight, at) => {
    const units = divide(divide(multiply(exact(points), exact(weight)), all), unit);
    const whole = floor(units);
    return { at, whole, rest: subtract(units, whole) };
  });
  const whole = sum(parts.map((part) => part.whole));
  const left = toNumber(subtract(divide(exact(points), unit), whole));
  const first = [...parts]
    .sort((one, other) => other.rest.compare(one.rest) || one.at - other.at)
    .slice(0, Math.round(left));
  const more = new Set(first.map(({ at }) => at));
  return parts.map(({ at, whole: units }) => toNumber(multiply(more.has(at) ? units.add(exact(1)) : units, unit)));
}
