import { formula } from '../../formula/formula.ts';
import { vocabulary } from '../../formula/vocabulary.ts';
import { divide, exact, floor, multiply, subtract, sum, toNumber } from '../../kit/decimal.ts';
import { Tree } from '../edition/tree.ts';
import { unitsOf } from '../edition/units.ts';
import { type Code, type Figure, type Indicator, isGenerated } from '../edition.ts';
import type { Prepared, PreparedLeaf } from '../result.ts';

/** A problem of the last round that becomes a leaf: how far it is solved is scored. */
export interface LastProblem {
  readonly title: string;
  /** Its part of the points against the others; 1 where nothing is said. */
  readonly weight?: Figure;
}

/** Shares of a leaf are never coarser than this: five points over seven problems leave none without points. */
const leastDecimals = 2;

/** Whether an edition has branches that each subject fills with its own problems of the last round. */
export const generatesLeaves = ({ leaves }: Pick<Prepared, 'leaves'>): boolean =>
  leaves.some(({ indicator }) => isGenerated(indicator) && typeof indicator.points === 'number');

/**
 * The edition as one subject has it: each branch with `generatedFrom` gets a leaf for every problem that the last round found there, and
 * without problems it is a leaf that does not apply, so that its points count as the edition says of what does not (缺项). What the branch
 * itself was judged by stands for nothing any more: how far each problem is solved is judged. The digest stays that of the edition.
 * @param problems of the last round of the subject, in their order
 * @returns the same edition where it generates nothing
 */
export function withGeneratedLeaves(prepared: Prepared, problems: readonly LastProblem[]): Prepared {
  if (!generatesLeaves(prepared)) return prepared;
  const before = new Map(prepared.leaves.map((leaf) => [leaf.indicator.code, leaf]));
  const taken = new Set(prepared.byCode.keys());
  const decimals = Math.max(prepared.edition.decimals, leastDecimals);
  const order = prepared.order.flatMap((indicator): Indicator[] => {
    if (!before.has(indicator.code) || !isGenerated(indicator) || typeof indicator.points !== 'number')
      return [indicator];
    const {
      method: _,
      formula: __,
      applies: ___,
      adjust: _4,
      must: _5,
      unit: _6,
      threshold: _7,
      ...branch
    } = indicator;
    const { evidence, responsible, basis } = indicator;
    const below = generatedLeaves(branch, problems, decimals, taken).map((leaf) => ({
      ...leaf,
      ...(evidence === undefined ? {} : { evidence }),
      ...(responsible === undefined ? {} : { responsible }),
      ...(basis === undefined ? {} : { basis }),
    }));
    return [branch, ...below];
  });
  const edition = { ...prepared.edition, indicators: order };
  const tree = new Tree(edition);
  const leaves = tree.leaves.map((at): PreparedLeaf => {
    const indicator = order[at]!;
    const own = before.get(indicator.code);
    // What is in the place of the branch, or below it, is judged by people alone.
    if (own !== undefined && !isGenerated(indicator)) return { ...own, at };
    const applies = isGenerated(indicator) ? formula('假', vocabulary([]), { type: 'truth' }) : null;
    return { at, indicator, formula: null, applies, elementFormulas: [], elementApplies: [] };
  });
  const places = new Map(leaves.map(({ at, indicator }) => [indicator.code, at]));
  const relaxations = prepared.relaxations.map((relaxation) => ({
    ...relaxation,
    leaves: relaxation.leaves.flatMap((leaf) => {
      const { code } = leaf.indicator;
      const at = places.get(code);
      return at === undefined || isGenerated(leaf.indicator) ? [] : [{ ...leaf, at }];
    }),
  }));
  return {
    ...prepared,
    ...{ edition, order, leaves, relaxations, children: tree.children, units: unitsOf(edition).units },
    byCode: new Map(order.map((indicator) => [indicator.code, indicator])),
  };
}

/**
 * The edition as a subject with so many problems of the last round has it, for what hangs on their number alone.
 * @param problems null where none are kept: the edition as it was published
 */
export const withLeavesFor = (prepared: Prepared, problems: number | null): Prepared =>
  problems === null
    ? prepared
    : withGeneratedLeaves(
        prepared,
        Array.from({ length: problems }, () => ({ title: '' })),
      );

/** Which problem a leaf was generated from, by its place among them; undefined where it is a leaf of the edition itself. */
export function problemAt({ byCode, children, order }: Prepared, code: Code): number | undefined {
  const parent = byCode.get(code)?.parent ?? null;
  const above = parent === null ? undefined : byCode.get(parent);
  if (parent === null || above === undefined || !isGenerated(above)) return undefined;
  const at = (children.get(parent) ?? []).findIndex((place) => order[place]!.code === code);
  return at === -1 ? undefined : at;
}

/**
 * The leaves that a branch has for one subject: its points shared over the subject's problems of the last round, to the
 * decimals of the edition (上轮反馈问题分摊, as the checks of 教育强镇 of 2008 do). What the rounding leaves over goes to the largest
 * remainders, the first of equal ones, so that the shares add up to the points. Without problems there are no leaves: the
 * branch is then a leaf that does not apply.
 * @param branch with known points and `generatedFrom`
 * @param decimals of the edition
 * @param taken codes of the edition: a generated leaf takes none of them
 * @throws RangeError for a branch without known points
 */
export function generatedLeaves(
  branch: Indicator,
  problems: readonly LastProblem[],
  decimals: number,
  taken: ReadonlySet<Code> = new Set(),
): Indicator[] {
  if (typeof branch.points !== 'number') throw new RangeError(`${branch.code} has no points to share`);
  const shares = sharesOf(
    branch.points,
    problems.map(({ weight }) => weight ?? 1),
    decimals,
  );
  const mark = problems.some((_, at) => taken.has(`${branch.code}-${at + 1}`)) ? '上轮' : '';
  return problems.map(({ title }, at): Indicator => {
    return { code: `${branch.code}-${mark}${at + 1}`, parent: branch.code, title, points: shares[at]! };
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
