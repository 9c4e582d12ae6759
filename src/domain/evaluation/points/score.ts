import { type Answer, type Answers, type Context, type Facts, noFacts } from '../../framework/answer.ts';
import { conclude } from '../../framework/conclude/conclude.ts';
import { leafJudge } from '../../framework/conclude/leaf-judge.ts';
import type { Code } from '../../framework/edition.ts';
import type { LeafResult, Prepared, PreparedLeaf, Result, Scored, Step } from '../../framework/result.ts';
import { exactTextOf } from '../../framework/score/exact-text.ts';
import { factReader } from '../../framework/score/fact-reader.ts';
import { besideOf } from '../../framework/score/method/leaf.ts';
import { checkAnswers } from '../../framework/score/read-answers.ts';
import { maxOf, type ScoredLeaf, type SubjectScene, scoreLeaf } from '../../framework/score/score-leaf.ts';
import { type Relaxed, relaxedLeaves } from '../../framework/score/score-subject.ts';
import { TreeScorer } from '../../framework/score/tree/score-tree.ts';
import { fixed, unpointed } from '../../framework/score/tree/tally.ts';
import { totalsOf } from '../../framework/score/tree/totals.ts';
import { compare, divide, type Exact, exact, fractionText, isZero, toNumber } from '../../kit/decimal.ts';
import type { Layer } from '../lists.ts';

/** What is known of one subject when a leaf or a layer is scored. */
export interface ScoreScene {
  readonly prepared: Prepared;
  readonly facts: Facts;
  readonly context: Context;
}

/**
 * One figure as it is stored: the decimal that it is, or a fraction where the decimals do not end (`4.5`, `2/3`). Two equal figures
 * have one text.
 */
export function exactPointsText(points: Exact): string {
  const { text, rounded } = exactTextOf(points, 0);
  return rounded ? fractionText(points) : text;
}

/**
 * Reads a stored figure.
 * @throws RangeError for a text that is neither a decimal nor a fraction of two whole numbers
 */
export function readExactPoints(text: string): Exact {
  const [above = '', below, ...more] = text.split('/');
  if (below === undefined) return exact(above);
  if (more.length > 0 || isZero(exact(below))) throw new RangeError(`not a fraction: ${text}`);
  return divide(exact(above), exact(below));
}

/**
 * What one answer gives at one leaf, with the words of how; without an answer, what data or nothing gives.
 * @param trace whether steps are written; the figures are the same
 * @throws Problem `framework.answersInvalid` for an answer that does not fit; RangeError for a code that is no leaf
 */
export function scoreOneLeaf(scene: ScoreScene, code: Code, answer: Answer | null, trace: boolean): LeafResult {
  const { prepared, steps } = relaxedEdition(scene, code);
  const leaf = leafByCode(prepared, code);
  if (answer !== null) checkAnswers(prepared, new Map([[code, answer]]));
  return scoreLeaf(sceneOf(scene, trace), leaf, answer ?? undefined, undefined, steps.get(code)).result;
}

/** The edition as it counts for a subject on a day, with the words of each leaf that is relaxed. */
export interface RelaxedEdition {
  readonly prepared: Prepared;
  readonly steps: ReadonlyMap<Code, readonly Step[]>;
}

/**
 * Applies the dated relaxations of an edition (工作规程的过渡期规定): those whose condition holds and whose last day is not past replace how
 * their leaves are judged and what these say, never their place or points. Without a day, of their end or of today, none applies.
 * @param code the one leaf that is asked: what others hang on is not read; all leaves where nothing is said
 */
export function relaxedEdition({ prepared, facts, context }: ScoreScene, code?: Code): RelaxedEdition {
  const instead =
    prepared.relaxations.length === 0
      ? new Map<number, Relaxed>()
      : relaxedLeaves(prepared, factReader(facts), context, code);
  if (instead.size === 0) return { prepared, steps: new Map() };
  const leaves = prepared.leaves.map((leaf) => instead.get(leaf.at)?.leaf ?? leaf);
  const byCode = new Map(prepared.byCode);
  const steps = new Map<Code, readonly Step[]>();
  for (const { at, indicator } of leaves) {
    byCode.set(indicator.code, indicator);
    const relaxed = instead.get(at);
    if (relaxed !== undefined) steps.set(indicator.code, relaxed.steps);
  }
  return { prepared: { ...prepared, leaves, byCode }, steps };
}

function leafByCode({ leaves }: Prepared, code: Code): PreparedLeaf {
  const leaf = leaves.find(({ indicator }) => indicator.code === code);
  if (leaf === undefined) throw new RangeError(`${code} is no leaf`);
  return leaf;
}

function sceneOf({ prepared, facts, context }: ScoreScene, trace: boolean): SubjectScene {
  const { edition } = prepared;
  return {
    edition,
    reader: factReader(facts, context.evaluations),
    context,
    judge: leafJudge(prepared, facts, context),
    trace,
  };
}

/** What a layer has settled at one leaf. */
export interface LayerPoint {
  /** Null where the leaf is judged without points, and where it does not apply. */
  readonly points: Exact | null;
  /** What was said, where one answer stands behind the points: an option, a level, or that it does not apply. */
  readonly answer: Answer | null;
}

/**
 * The total of a layer that judges (县、市、省) from its settled points, exactly, by the roll-up of the edition. A leaf without
 * settled points is open, also where data would fill it: a layer takes nothing over by itself. Whether a leaf applies is a
 * fact of the subject, and the same in every layer.
 */
export function scoreLayer(scene: ScoreScene, given: ReadonlyMap<Code, LayerPoint>, trace = false): Scored {
  const { context } = scene;
  const { prepared } = relaxedEdition(scene);
  const own = sceneOf(scene, trace);
  const withoutFacts = { ...own, reader: factReader(noFacts), context: withoutEvaluations(context) };
  const leaves = new Map(
    prepared.leaves.map((leaf): [Code, ScoredLeaf] => {
      const { code } = leaf.indicator;
      const point = given.get(code);
      if (point !== undefined) return [code, settledLeaf(own, leaf, point)];
      const byFacts = scoreLeaf(own, leaf, undefined, undefined);
      if (byFacts.result.state === 'notApplicable') return [code, byFacts];
      const isOpen = byFacts.result.state === 'unanswered';
      return [code, isOpen ? byFacts : scoreLeaf(withoutFacts, bareLeaf(leaf), undefined, undefined)];
    }),
  );
  return rolledUp(prepared, leaves, context, trace);
}

/**
 * A layer of which some leaves are settled and the others are scored as they are in a trial: by an answer, or by facts.
 * @throws Problem `framework.answersInvalid` for an answer that does not fit
 */
export function scoreMixed(scene: ScoreScene, settled: ReadonlyMap<Code, LayerPoint>, answers: Answers): Scored {
  const { prepared, steps } = relaxedEdition(scene);
  checkAnswers(prepared, answers);
  const own = sceneOf(scene, true);
  const leaves = new Map(
    prepared.leaves.map((leaf): [Code, ScoredLeaf] => {
      const { code } = leaf.indicator;
      const point = settled.get(code);
      if (point !== undefined) return [code, settledLeaf(own, leaf, point)];
      return [code, scoreLeaf(own, leaf, answers.get(code), undefined, steps.get(code))];
    }),
  );
  return rolledUp(prepared, leaves, scene.context, true);
}

/**
 * What follows from the scores of a layer: vetoes, caps, downgrades, conclusions. What hangs on open leaves, or on facts that
 * nobody has said, stays `未定` and names them.
 * @param others scores of the layers that some editions compare (自评分比核定分高出 10 分以上), the concluded one among them
 */
export function concludeLayer(
  { prepared, facts, context }: ScoreScene,
  scored: Scored,
  others: LayerScoring = {},
): Result {
  return { ...scored, ...conclude(prepared, scored, facts, comparedWith(context, others), true) };
}

/** Layers by their names, with the totals that they have or can still become. */
export type LayerScoring = Readonly<Partial<Record<Layer, Pick<Scored, 'total' | 'provisional'>>>>;

/** The circumstances of a subject with the totals of its layers. */
export function comparedWith(context: Context, others: LayerScoring): Context {
  const layers = Object.fromEntries(Object.entries(others).map(([layer, one]) => [layer, comparedLayer(one)]));
  return { ...context, layers: { ...context.layers, ...layers } };
}

/** A layer as conditions compare it: its total, or the ends between which it still lies. */
function comparedLayer({
  total,
  provisional,
}: Pick<Scored, 'total' | 'provisional'>): NonNullable<Context['layers']>[string] {
  if (total === null) return {};
  return provisional === null ? { total } : { ends: { from: provisional.from, to: provisional.to } };
}

function rolledUp(prepared: Prepared, leaves: ReadonlyMap<Code, ScoredLeaf>, context: Context, trace: boolean): Scored {
  const { edition } = prepared;
  const tree = new TreeScorer(prepared, leaves, new Map(), context, trace).score();
  const { nodes, leaves: results, trace: words } = tree;
  return {
    ...{ edition: edition.key, authority: edition.authority },
    ...totalsOf(prepared, tree),
    ...{ nodes, leaves: results, trace: words },
  };
}

/** A leaf with its settled points, whatever they are: a mean of three need not be a number that a person could type. */
function settledLeaf(scene: SubjectScene, leaf: PreparedLeaf, { points, answer }: LayerPoint): ScoredLeaf {
  if (answer !== null && 'notApplicable' in answer) return scoreLeaf(scene, leaf, answer, undefined);
  const max = maxOf(leaf.indicator);
  // The words of an answer (option, level, met or not) are its own; the points are those that were settled.
  const said = scoreLeaf(scene, withoutConditions(leaf), answer ?? typed(points), undefined);
  if (points === null) return said;
  const result: LeafResult = {
    ...said.result,
    max,
    state: 'scored',
    points,
    least: points,
    most: points,
    by: 'person',
  };
  const tally = leaf.indicator.points === 'none' ? unpointed : fixed(points, max, points, points);
  return { result, tally, beside: besideOf(leaf.indicator) };
}

const typed = (points: Exact | null): Answer | undefined =>
  points === null ? undefined : { points: toNumber(points) };

/** The leaf without what decides whether it applies: whoever settled it has decided that it does. */
function withoutConditions(leaf: PreparedLeaf): PreparedLeaf {
  const { adjust: _, applies: __, ...indicator } = leaf.indicator;
  return { ...leaf, indicator, applies: null };
}

/** The leaf without its formulas, so that only its ends remain. */
function bareLeaf(leaf: PreparedLeaf): PreparedLeaf {
  return {
    ...withoutConditions(leaf),
    formula: null,
    elementFormulas: leaf.elementFormulas.map(() => null),
    elementApplies: leaf.elementApplies.map(() => null),
  };
}

function withoutEvaluations(context: Context): Context {
  const { evaluations: _, ...rest } = context;
  return rest;
}

/** A layer's total as pages show it: the figure, or the ends between which it still lies. */
export interface LayerTotal {
  readonly total: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly unanswered: readonly Code[];
}

/** The total of a layer in text; a total is only there when nothing is open. */
export function layerTotal({ total, provisional }: Pick<Scored, 'total' | 'provisional'>): LayerTotal {
  const text = (value: Exact | null) => (value === null ? null : exactPointsText(value));
  // An edition without points has no total, and no ends of one.
  if (total === null) return { total: null, from: null, to: null, unanswered: provisional?.unanswered ?? [] };
  if (provisional === null) return { total: text(total), from: null, to: null, unanswered: [] };
  const { from, to, unanswered } = provisional;
  return { total: null, from: text(from), to: text(to), unanswered };
}

/** One subject in a ranking; equal totals share the best place, and the next one counts on (1, 2, 2, 4). */
export interface RankedSubject {
  readonly subject: string;
  readonly rank: number;
  readonly of: number;
}

/**
 * The places of subjects by their totals, or null where the edition does not say that it is ranked: an office ranks only
 * where its framework allows it. Subjects whose total is open have no place.
 */
export function ranksOf(
  { edition }: Prepared,
  totals: ReadonlyMap<string, Exact | null>,
): readonly RankedSubject[] | null {
  if (edition.flags?.rank !== true) return null;
  const known = [...totals].flatMap(([subject, total]) => (total === null ? [] : [{ subject, total }]));
  const ordered = known.sort((one, other) => compare(other.total, one.total));
  return ordered.map(({ subject, total }) => {
    const rank = ordered.findIndex((one) => compare(one.total, total) === 0) + 1;
    return { subject, rank, of: ordered.length };
  });
}
