import {
  compare,
  divide,
  type Exact,
  exact,
  greater,
  isZero,
  lesser,
  multiply,
  one,
  round,
  sum,
} from '../../../kit/decimal.ts';
import { type Missing, missing } from '../../../kit/value.ts';
import type { Code, RollUp } from '../../edition.ts';
import type { Verdict } from '../../result.ts';
import type { Note } from '../method/leaf.ts';
import { fixed, incomputable, left, mapped, rebased, scaled, type Tally, together, undecided } from './tally.ts';

/** A child of a node, as its parent rolls it up. */
export interface Part {
  readonly code: Code;
  readonly weight: number | null | undefined;
  readonly tally: Tally;
  readonly grade: string | undefined;
  readonly verdict: Verdict | undefined;
  /** False for a leaf that nobody has answered. */
  readonly answered: boolean;
}

/** What a node gives. */
export interface Rolled {
  readonly tally: Tally;
  readonly rounded: { readonly from: Exact; readonly to: Exact } | null;
}

/** The rules under which each child stands on its own scale. */
const ownScale: ReadonlySet<RollUp['rule']> = new Set(['weighted', 'meanOfRates', 'minimum']);

/** Whether children of a node with this roll-up are re-based each by itself. */
export function partsOnOwnScale(rollUp: RollUp | undefined): boolean {
  return rollUp !== undefined && ownScale.has(rollUp.rule);
}

/**
 * Rolls the children of a node up: by its rule, then on its own scale where it has one, then floor and cap, conversion
 * of a raw total (480 to 100), and rounding where the document rounds.
 * @param full the points of the node by the document, or null
 * @param scale whether the node is re-based itself: it has a scale of its own
 */
export function rollUpNode(
  parts: readonly Part[],
  rollUp: RollUp | undefined,
  full: Exact | null,
  scale: boolean,
  note: Note,
  text: (value: Exact) => string,
): Rolled {
  const summed = byRule(parts, rollUp, full, note, text);
  const own = scale || rollUp?.convertTo !== undefined ? rebased(summed) : summed;
  if (own !== summed && summed.max !== null && summed.whole !== null && compare(summed.max, summed.whole) !== 0) {
    const { points, max, whole } = summed;
    note(
      () => `适用分值 ${text(max!)}，换算：${text(points)} ÷ ${text(max!)} × ${text(whole!)}`,
      () => own.points,
    );
  }
  return finished(own, rollUp, note);
}

function finished(tally: Tally, rollUp: RollUp | undefined, note: Note): Rolled {
  let given = tally;
  if (!rollUp || !tally.applies) return { tally, rounded: null };
  const { floor, cap, convertTo, round: places } = rollUp;
  if (floor !== undefined)
    given = mapped(
      given,
      (points) => greater(points, exact(floor)),
      (max) => max,
    );
  if (cap !== undefined) {
    const most = exact(cap);
    given = mapped(
      given,
      (points) => lesser(points, most),
      (max) => lesser(max, most),
    );
  }
  if (compare(given.points, tally.points) !== 0) {
    const { points } = given;
    note(
      () => (floor !== undefined && compare(points, exact(floor)) === 0 ? `最低 ${floor} 分` : `最多 ${cap} 分`),
      () => points,
    );
  }
  if (convertTo !== undefined && given.whole !== null && given.whole.n !== 0n) {
    const factor = divide(exact(convertTo), given.whole);
    given = scaled(given, factor);
    const { points } = given;
    note(
      () => `折算为 ${convertTo} 分`,
      () => points,
    );
  }
  if (places === undefined) return { tally: given, rounded: null };
  const from = given.points;
  given = mapped(
    given,
    (points) => exact(round(points, places)),
    (max) => max,
  );
  return { tally: given, rounded: { from, to: given.points } };
}

function byRule(
  parts: readonly Part[],
  rollUp: RollUp | undefined,
  full: Exact | null,
  note: Note,
  text: (value: Exact) => string,
): Tally {
  const rule = rollUp?.rule ?? 'sum';
  if (rule === 'minimum') return least(parts, full, note, text);
  if (rule !== 'weighted' && rule !== 'meanOfRates') return together(parts.map(({ tally }) => tally));
  const weights = parts.map(({ weight }) => (weight === undefined && rule === 'meanOfRates' ? one : figure(weight)));
  if (weights.includes(null)) return unweighted(parts);
  const all = sum(weights as readonly Exact[]);
  if (isZero(all)) return unweighted(parts);
  const shares = (weights as readonly Exact[]).map((weight) => divide(weight, all));
  note(() => `权重 ${parts.map(({ code }, at) => `${code} ${text(multiply(shares[at]!, exact(100)))}%`).join('，')}`);
  // Blocks of 100 × weight, blocks that carry their weight as points (上海 8：8：…), 3 : 5 : 2: each stands on the scale of the
  // node by its rate. A weighted sum of raw points is meant only where the node has no points of its own.
  const scale = full ?? common(parts) ?? (rule === 'weighted' ? null : one);
  return together(
    parts.map(({ tally }, at) => {
      const { whole } = tally;
      if (scale === null) return scaled(tally, shares[at]!);
      if (whole === null) return { ...tally, max: null, whole: null, sure: null, computable: !tally.applies };
      return isZero(whole) ? tally : scaled(tally, divide(multiply(shares[at]!, scale), whole));
    }),
  );
}

function figure(weight: number | null | undefined): Exact | null {
  return typeof weight === 'number' ? exact(weight) : null;
}

/** Weights that are not known give no points: nothing is invented. */
function unweighted(parts: readonly Part[]): Tally {
  return parts.some(({ tally }) => tally.applies) ? incomputable : left(null);
}

/** The points that all children are out of, where that is one figure. */
function common(parts: readonly Part[]): Exact | null {
  const [first, ...others] = parts.map(({ tally }) => tally.whole);
  if (!first) return null;
  return others.every((other) => other !== null && compare(other, first) === 0) ? first : null;
}

/** The child with the least rate decides; who does not apply is left out. */
function least(parts: readonly Part[], full: Exact | null, note: Note, text: (value: Exact) => string): Tally {
  const scale = full ?? common(parts) ?? one;
  const applying = parts.filter(({ tally }) => tally.applies && tally.pointed);
  if (applying.length === 0) return left(scale);
  if (applying.some(({ tally }) => tally.whole === null || isZero(tally.whole))) return incomputable;
  const on = applying.map(({ code, tally }) => ({ code, tally: scaled(tally, divide(scale, tally.whole!)) }));
  const lowest = on.reduce((low, next) => (compare(next.tally.points, low.tally.points) < 0 ? next : low));
  note(() => `得分率最低的是 ${lowest.code}：${text(lowest.tally.points)}`);
  // A child on its own scale applies surely, or hangs as a whole on what nobody has said.
  const lows = on.map(({ tally }) => tally.optional[0]?.least ?? tally.least);
  const highs = on.flatMap(({ tally }) => (tally.optional.length > 0 ? [] : [tally.most]));
  const low = lows.reduce(lesser);
  const high = highs.reduce<Exact | null>(
    (most, next) => (most === null ? next : next === null ? most : lesser(most, next)),
    null,
  );
  const surely = on.some(({ tally }) => tally.optional.length === 0);
  const { points } = lowest.tally;
  return surely ? fixed(points, scale, low, high ?? scale) : undecided(points, scale, low, high ?? scale);
}

/** Met where every child is, not met where one is not; else not yet known (教督〔2017〕6号: each D-value of a block). */
export function allMet(parts: readonly Part[]): Verdict | undefined {
  const applying = parts.filter(({ tally, verdict }) => tally.applies || verdict !== undefined);
  if (applying.length === 0) return undefined;
  if (applying.some(({ verdict }) => verdict === false)) return false;
  const lacks = applying.flatMap(({ code, verdict }): readonly string[] => {
    if (verdict === true) return [];
    return isNamed(verdict) ? verdict.fields : [code];
  });
  return lacks.length === 0 ? true : missing('not-filed', [...new Set(lacks)]);
}

function isNamed(verdict: Verdict | undefined): verdict is Missing {
  return typeof verdict === 'object' && verdict.fields.length > 0;
}

/**
 * A where every child has A, C where any has C, else B (江苏省义务教育现代化学校 and others). Undefined while the answer
 * still hangs on a child without a letter.
 */
export function letterOf(parts: readonly Part[]): string | undefined {
  const applying = parts.filter(({ tally, grade }) => tally.applies || grade !== undefined);
  const letters = applying.map(({ grade }) => grade);
  if (letters.includes('C')) return 'C';
  if (letters.length === 0 || letters.includes(undefined)) return undefined;
  return letters.every((letter) => letter === 'A') ? 'A' : 'B';
}
