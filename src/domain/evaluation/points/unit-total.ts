import { type Answer, noFacts } from '../../framework/answer.ts';
import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { besideOf } from '../../framework/score/method/leaf.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { add, divide, type Exact, exact, isWhole, lesser, multiply, toNumber } from '../../kit/decimal.ts';
import { exactPointsText, type LayerPoint, type LayerTotal, layerTotal, readExactPoints, scoreLayer } from './score.ts';

/** A leaf of one evaluation as a layer stands there: its points as they are stored. */
export interface UnitLeaf {
  /** Whether it applies to the subject; null: nobody knows yet. */
  readonly applies: boolean | null;
  /** Undefined: the layer has not settled it. */
  readonly settled: { readonly points: string | null; readonly answer: Answer | null } | undefined;
}

/**
 * The leaves of an evaluation as a layer stands there, from stored rows.
 * @param leaves whether each applies to the subject
 * @param said what the layer has settled, by the code of a leaf
 * @returns the leaf of a code; of one that is not among them nobody knows anything
 */
export function unitLeaves(
  leaves: readonly { readonly code: Code; readonly applies: boolean | null }[],
  said: readonly { readonly code: Code; readonly points: string | null; readonly answer: Answer | null }[],
): (code: Code) => UnitLeaf {
  const applies = new Map(leaves.map((leaf) => [leaf.code, leaf.applies]));
  const settled = new Map(said.map(({ code, points, answer }) => [code, { points, answer }]));
  return (code) => ({ applies: applies.get(code) ?? null, settled: settled.get(code) });
}

/** One leaf in whole units of the edition. */
interface PlannedLeaf {
  readonly code: Code;
  readonly max: number;
  readonly beside: 'bonus' | 'deductions' | null;
  /** What it can still take while nobody has settled it. */
  readonly least: number;
  readonly most: number;
}

/** An edition whose total is a plain sum: its leaves in units. */
interface Plan {
  readonly leaves: readonly PlannedLeaf[];
  /** Points of the tree, in units. */
  readonly whole: number;
  readonly bonusCap: number;
}

/** Plans by edition: an edition never changes, and its leaves are read once. */
const plans = new WeakMap<Prepared, Plan | null>();

/**
 * The total of a layer from the points that are stored at its leaves, as `scoreLayer` gives it, exactly. Where the total is a
 * sum of known leaves it is counted in whole units, in microseconds: it is asked with every score. Everything else (weights,
 * minima, fractions, a leaf of which nobody knows whether it applies) goes through the engine.
 * @param leafOf the leaf of a code as the layer stands there
 */
export function unitTotal(prepared: Prepared, leafOf: (code: Code) => UnitLeaf): LayerTotal {
  return quickTotal(prepared, leafOf) ?? layerTotal(scoreLayer(sceneOf(prepared), givenOf(prepared, leafOf)));
}

/** The settled points of a layer as the engine takes them; a leaf that does not apply is said to be so. */
export function givenOf(prepared: Prepared, leafOf: (code: Code) => UnitLeaf): ReadonlyMap<Code, LayerPoint> {
  return new Map(
    prepared.leaves.flatMap(({ indicator: { code } }): [Code, LayerPoint][] => {
      const { applies, settled } = leafOf(code);
      if (applies === false) return [[code, { points: null, answer: { notApplicable: true } }]];
      if (settled === undefined) return [];
      const { points, answer } = settled;
      return [[code, { points: points === null ? null : readExactPoints(points), answer }]];
    }),
  );
}

const sceneOf = (prepared: Prepared) => ({ prepared, facts: noFacts, context: {} });

function quickTotal(prepared: Prepared, leafOf: (code: Code) => UnitLeaf): LayerTotal | undefined {
  const plan = planOf(prepared);
  if (plan === null) return undefined;
  const { edition, units } = prepared;
  const sums = { low: 0, high: 0, out: 0, bonusLow: 0, bonusHigh: 0, besideLow: 0, besideHigh: 0 };
  const unanswered: Code[] = [];
  for (const { code, max, beside, least, most } of plan.leaves) {
    const { applies, settled } = leafOf(code);
    const isOut = applies === false || (settled?.answer != null && 'notApplicable' in settled.answer);
    if (isOut) {
      if (beside === null) sums.out += max;
      continue;
    }
    let [low, high] = [least, most];
    if (settled === undefined) {
      if (applies === null) return undefined;
      unanswered.push(code);
    } else {
      const given = settled.points === null ? undefined : unitsIn(settled.points, units);
      if (given === undefined) return undefined;
      [low, high] = [given, given];
    }
    if (beside === 'bonus') {
      sums.bonusLow += low;
      sums.bonusHigh += high;
    } else if (beside === 'deductions') {
      sums.besideLow += low;
      sums.besideHigh += high;
    } else {
      sums.low += low;
      sums.high += high;
    }
  }
  const { notApplicable, max } = edition;
  const full = notApplicable === 'full' ? sums.out : 0;
  const of = notApplicable === 'rebase' ? plan.whole - sums.out : plan.whole;
  // Where nothing applies there is no total.
  if (of === 0) return undefined;
  const top = edition.bonus?.beyondMax === false && max !== null ? exact(max) : null;
  const scale = exact(units);
  const total = (tree: number, bonus: number, beside: number): Exact => {
    const base = divide(multiply(exact(tree + full), exact(plan.whole)), multiply(exact(of), scale));
    const all = add(base, divide(exact(Math.min(bonus, plan.bonusCap) + beside), scale));
    return top === null ? all : lesser(all, top);
  };
  const from = exactPointsText(total(sums.low, sums.bonusLow, sums.besideLow));
  if (unanswered.length === 0) return { total: from, from: null, to: null, unanswered };
  return { total: null, from, to: exactPointsText(total(sums.high, sums.bonusHigh, sums.besideHigh)), unanswered };
}

function planOf(prepared: Prepared): Plan | null {
  const known = plans.get(prepared);
  if (known !== undefined) return known;
  const plan = readPlan(prepared);
  plans.set(prepared, plan);
  return plan;
}

/** Null where the total is more than a sum of leaves with known points. */
function readPlan(prepared: Prepared): Plan | null {
  const { edition, order, units } = prepared;
  const sums = [edition.rollUp, ...order.map(({ rollUp }) => rollUp)];
  const isSum = sums.every((rule) => rule === undefined || (rule.rule === 'sum' && Object.keys(rule).length === 1));
  if (!isSum || edition.gaps.length > 0) return null;
  // What an open leaf can take hangs on its method alone, so it is asked of the engine once.
  const { leaves: open } = scoreLayer(sceneOf(prepared), new Map());
  const leaves: PlannedLeaf[] = [];
  for (const [at, { indicator }] of prepared.leaves.entries()) {
    const { least, most } = open[at]!;
    const figures = [maxOf(indicator), least, most].map((figure) => figure && wholeUnits(figure, units));
    const [max, low, high] = figures;
    if (max == null || low == null || high == null || indicator.points === 'none') return null;
    leaves.push({ code: indicator.code, max, beside: besideOf(indicator), least: low, most: high });
  }
  const cap = edition.bonus?.cap ?? null;
  const bonusCap = cap === null ? Number.POSITIVE_INFINITY : wholeUnits(exact(cap), units);
  if (bonusCap === undefined) return null;
  const whole = leaves.reduce((all, { beside, max }) => all + (beside === null ? max : 0), 0);
  return { leaves, whole, bonusCap };
}

function wholeUnits(figure: Exact, units: number): number | undefined {
  const given = multiply(figure, exact(units));
  return isWhole(given) ? toNumber(given) : undefined;
}

const plainDecimal = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/;

/** A stored decimal in units, without a fraction on the way; undefined where it is no whole number of them. */
function unitsIn(points: string, units: number): number | undefined {
  const found = plainDecimal.exec(points);
  if (found === null) return undefined;
  const [, sign, before, behind = ''] = found;
  const scale = 10 ** behind.length;
  const product = Number(`${before}${behind}`) * units;
  if (!Number.isSafeInteger(product) || product % scale !== 0) return undefined;
  return (sign === '-' ? -product : product) / scale;
}
