import type { Answer } from '../../framework/answer.ts';
import { severityIndex, trimmedMean } from '../../framework/conclude/layers.ts';
import type { Code, Indicator } from '../../framework/edition.ts';
import type { LeafResult } from '../../framework/result.ts';
import { answerFaults } from '../../framework/score/answer-check.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { canonicalJson } from '../../kit/canonical-json.ts';
import {
  compare,
  divide,
  type Exact,
  exact,
  greater,
  isZero,
  lesser,
  multiply,
  negate,
  subtract,
  sum,
  toNumber,
  zero,
} from '../../kit/decimal.ts';
import { type Problem, problem } from '../../kit/problem.ts';
import { waitsForRound } from '../leaf.ts';
import type { CombineRule, SettledWay } from '../lists.ts';

/** A score that stands at a leaf: not voided. */
export interface StandingScore {
  readonly personId: string;
  /** Null where the leaf is judged without points, or does not apply. */
  readonly points: Exact | null;
  readonly answer: Answer;
  /** Taken over from the self-evaluation by the reviewer's act. */
  readonly adopted: boolean;
}

/** How several scores of one leaf become one. */
export interface SettleRules {
  /** The share of the leaf's points beyond which reviewers talk, as a decimal: `0.2`. */
  readonly tolerance: string;
  readonly combine: CombineRule;
}

/**
 * What becomes of the scores at one leaf: they settle it, a talk is needed, or scores are still owed. `answer` is there
 * where all said the same.
 */
export type Settled =
  | {
      readonly kind: 'settled';
      readonly way: SettledWay;
      readonly points: Exact | null;
      readonly answer: Answer | null;
    }
  | { readonly kind: 'talk'; readonly spread: Exact }
  | { readonly kind: 'waiting'; readonly owed: number };

/**
 * Settles a leaf by its scores: one score counts as it is; several count as their mean, or without the highest and the
 * lowest of at least three, as long as no two differ by more than the tolerance; beyond it the reviewers talk. All exact, nothing is
 * rounded. Scores without points settle a leaf only when they say the same.
 * @param owed how many reviewers have still to score; nothing settles before
 */
export function settleScores(
  indicator: Indicator,
  scores: readonly StandingScore[],
  owed: number,
  { tolerance, combine }: SettleRules,
): Settled {
  const [first] = scores;
  if (owed > 0 || first === undefined) return { kind: 'waiting', owed };
  const alike = new Set(scores.map(({ answer }) => canonicalJson(answer))).size === 1;
  const answer = alike ? first.answer : null;
  const known = scores.flatMap(({ points }) => points ?? []);
  const spread = spreadOf(known);
  if (known.length < scores.length) {
    // One says that it does not apply, or it has no points: a mean would invent what nobody said.
    return alike ? { kind: 'settled', way: wayOf(scores, combine), points: null, answer } : { kind: 'talk', spread };
  }
  if (compare(spread, multiply(scaleOf(indicator), exact(tolerance))) > 0) return { kind: 'talk', spread };
  const points = combine === 'trimmed' ? trimmedMean(known)! : divide(sum(known), exact(known.length));
  return { kind: 'settled', way: wayOf(scores, combine), points, answer };
}

/**
 * The reason that the subject reads at a leaf: what the one who scored or the talk has written. What one of several reviewers wrote is
 * not said of all, so a mean says how it came about. A choice of the product: 《教育督导条例》 asks for an opinion, in no given form.
 * @param alike whether all said the same and there are no points
 */
export function settledReason(way: SettledWay, alike: boolean, written: string): string {
  if (way !== 'mean' && way !== 'trimmed') return written;
  if (alike) return '几位评分人各自评定，结果一致';
  return way === 'mean' ? '几位评分人各自评分的平均' : '几位评分人各自评分，去掉最高分和最低分后的平均';
}

function wayOf(scores: readonly StandingScore[], combine: CombineRule): SettledWay {
  if (scores.every(({ adopted }) => adopted)) return 'adopted';
  if (scores.length === 1) return 'one';
  return combine === 'trimmed' && scores.length > 2 ? 'trimmed' : 'mean';
}

/** The difference between the highest and the lowest of some points; nothing where there are none. */
export function spreadOf(points: readonly Exact[]): Exact {
  const [first] = points;
  return first === undefined ? zero : subtract(points.reduce(greater, first), points.reduce(lesser, first));
}

/** The points over which a leaf ranges: its maximum, or of deductions outside the tree what they take at most. */
function scaleOf(indicator: Indicator): Exact {
  const max = maxOf(indicator) ?? zero;
  const { method } = indicator;
  return isZero(max) && method?.kind === 'deduction' ? negate(exact(method.floor)) : max;
}

/** What a talk has found at a leaf: one answer, as a reviewer would give it, and what it comes to. */
export interface TalkFinding {
  readonly answer: Answer;
  readonly result: Pick<LeafResult, 'state'>;
}

/**
 * Why a talk cannot settle a leaf with this answer, or null: it is needed, everybody has scored, and the answer is one that the leaf
 * takes and that says all of it. A leaf without points is settled by what its method asks for (met, option, value), and every leaf
 * by 不适用.
 * @param opened whether the leader opened the scores before everybody had given his, or the office weighs a statement
 */
export function talkRefusal(
  indicator: Indicator,
  settled: Settled,
  { answer, result }: TalkFinding,
  opened: boolean,
): Problem | null {
  const { code } = indicator;
  if (!opened && settled.kind === 'waiting') return problem('evaluation.scoresOwed', { code, owed: settled.owed });
  if (!opened && settled.kind === 'settled') return problem('evaluation.noTalk', { code });
  const faults = answerFaults(indicator, answer);
  const isOpen = result.state === 'unanswered' && !waitsForRound(indicator, answer);
  if (faults.length === 0) return isOpen ? problem('evaluation.pointsOpen', { code }) : null;
  const issues = faults.map((message) => ({ path: `answers.${code}`, code, message }));
  return problem('framework.answersInvalid', { issues });
}

/**
 * What a reviewer would have to say of a leaf without points to say the same as data did: whether it is met, the option, the level,
 * else the value. Null where data left it open, or gave what no answer of its method can say.
 */
export function answerByData(indicator: Indicator, result: LeafResult): Answer | null {
  if (result.state === 'notApplicable') return { notApplicable: true };
  if (result.state === 'unanswered') return null;
  const { verdict, option, grade, value } = result;
  const said: readonly (Answer | null)[] = [
    typeof verdict === 'boolean' ? { met: verdict } : null,
    option === undefined ? null : { option },
    grade === undefined ? null : { level: grade },
    value === undefined ? null : { value: toNumber(value) },
  ];
  return said.find((one) => one !== null && answerFaults(indicator, one).length === 0) ?? null;
}

/** A leaf of a reviewer, with what the self-evaluation has there. */
export interface AdoptableLeaf {
  readonly code: Code;
  /** Whether the reviewer has a score there that stands. */
  readonly scored: boolean;
  /** Whether a seat of his covers it. */
  readonly covered: boolean;
  /** Whether the subject objects to the data of the leaf. */
  readonly objected: boolean;
  /** What the self-evaluation gives; `open` where it gives nothing yet. */
  readonly self: { readonly points: Exact | null } | 'open';
}

/** What `其余各项同意自评` takes over, and what it leaves with the reason. */
export interface Adoption {
  readonly codes: readonly Code[];
  /** The points of what is taken over. */
  readonly points: Exact;
  readonly refused: readonly { readonly code: Code; readonly sentence: string }[];
}

/**
 * Takes over the self-evaluation at leaves that this reviewer has not scored. It is an act of its own that names each leaf: a leaf that is
 * scored keeps its score, one that is not his, is open or objected to is left with the reason.
 */
export function adoptionOf(leaves: readonly AdoptableLeaf[]): Adoption {
  const refused: { code: Code; sentence: string }[] = [];
  const taken: { code: Code; points: Exact }[] = [];
  for (const { code, covered, scored, objected, self } of leaves) {
    if (!covered) refused.push({ code, sentence: '不在您负责的分支内' });
    else if (scored) refused.push({ code, sentence: '您已经评分，保留原评分' });
    else if (objected) refused.push({ code, sentence: '被评单位对数据有异议，请单独评分' });
    else if (self === 'open') refused.push({ code, sentence: '自评还没有得分，请单独评分' });
    else taken.push({ code, points: self.points ?? zero });
  }
  return { codes: taken.map(({ code }) => code), points: sum(taken.map(({ points }) => points)), refused };
}

/** One leaf of one evaluation as the subject and a layer scored it. */
export interface ClaimedLeaf {
  readonly self: Exact;
  readonly judged: Exact;
  readonly max: Exact;
}

/** A score of one reviewer at one leaf of one evaluation. */
export interface ReviewedLeaf {
  readonly evaluationId: string;
  readonly code: Code;
  readonly personId: string;
  readonly points: Exact;
  readonly max: Exact;
}

/** How strict a reviewer is, over how many scores that can be compared. */
export interface Severity {
  readonly severity: Exact | null;
  readonly scores: number;
}

/**
 * How much stricter than the others each reviewer is, over all evaluations that he scored together with somebody
 * (`severityIndex`): positive is stricter. A score that was taken over from the self-evaluation is no judgement of
 * the reviewer's own; the caller leaves it out.
 */
export function severityOfReviewers(scores: readonly ReviewedLeaf[]): ReadonlyMap<string, Severity> {
  const atLeaf = grouped(scores, ({ evaluationId, code }) => canonicalJson([evaluationId, code]));
  const reviews = [...atLeaf.values()].flatMap((together) =>
    together.map(({ personId, points, max }) => ({
      personId,
      ...{ own: points, max, others: together.flatMap((one) => (one.personId === personId ? [] : [one.points])) },
    })),
  );
  const ofPerson = grouped(reviews, ({ personId }) => personId);
  return new Map(
    [...ofPerson].map(([personId, own]) => [
      personId,
      { severity: severityIndex(own), scores: own.filter(({ others }) => others.length > 0).length },
    ]),
  );
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const own = groups.get(keyOf(item));
    if (own) own.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/**
 * How much a unit claimed beyond what was judged, over all its leaves of some evaluations: the points claimed too much over
 * the points of the leaves (as `overClaimIndex` does for one evaluation).
 * @returns null where nothing can be compared
 */
export function overClaimOver(leaves: readonly ClaimedLeaf[]): Exact | null {
  const pointed = leaves.filter(({ max }) => compare(max, zero) > 0);
  if (pointed.length === 0) return null;
  const claimed = sum(pointed.map(({ self, judged }) => subtract(self, judged)));
  return divide(claimed, sum(pointed.map(({ max }) => max)));
}
