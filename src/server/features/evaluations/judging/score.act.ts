import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { isSeatOn, seatCovers } from '#domain/evaluation/campaign/panel.ts';
import { nextEvaluationState } from '#domain/evaluation/flow.ts';
import { evaluationStateTitles } from '#domain/evaluation/kind.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import { leafOrigin, scoreRefusal } from '#domain/evaluation/leaf.ts';
import { engineAnswer } from '#domain/evaluation/points/running-points.ts';
import { exactPointsText, readExactPoints, relaxedEdition, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { type Settled, settleScores } from '#domain/evaluation/points/settle.ts';
import { type UnitLeaf, unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { valueAnswer } from '#domain/evaluation/relative-value.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, evaluationWord, judgingLayerOf, subjectOf } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { placeRound, sendTalks } from '../evaluations.jobs.ts';
import { givenAnswer } from '../leaf/answer.shape.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import { byDataAt, dataValueAt } from '../unit-leaves.shape.ts';
import { judgementRecord } from './judgement.shape.ts';
import {
  findJudged,
  type GivenScore,
  type JudgedLeaf,
  type JudgedUnit,
  listStanding,
  type NewPoints,
  type NewScore,
  openingsOf,
  type ScoreAct,
  type ScoreOutcome,
  type SettledLeaf,
  type StandingJson,
  settlingOf,
  soleScoreOf,
  writeScores,
} from './judging.store.ts';
import { placingOf } from './round.job.ts';

type Given = RouteInput<typeof evaluations.score>['body'];

/** An evaluation that this person may judge now, with its edition and the leaves that are meant. */
export interface Judging {
  readonly unit: JudgedUnit;
  readonly prepared: Prepared;
  readonly layer: JudgingLayer;
  /** The seat from which the person judges; the county judges by its posts. */
  readonly seatId: string | null;
}

/** @throws Problem where the evaluation is out of reach, is not judged now, or this person judges nothing of it */
export async function judgingOf(ctx: EvaluationContext, id: string, codes: readonly string[]): Promise<Judging> {
  const unit = await findJudged(ctx.db, ctx.scope, id, codes, ctx.actor.userId);
  if (!unit) throw problem('thing.notFound', { what: evaluationWord });
  const next = nextEvaluationState('score', subjectOf(ctx, unit), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  const layer = judgingLayerOf(unit);
  const { seat } = unit;
  if (layer === 'city' && seat?.from && seat.to && !isSeatOn({ ...seat, endedOn: null }, ctx.today)) {
    throw problem('evaluation.seatDays', { from: seat.from, to: seat.to });
  }
  const { prepared } = await editionOf(ctx.db, unit);
  return { unit, prepared, layer, seatId: layer === 'city' ? (unit.seat?.id ?? null) : null };
}

/** Whether this person judges a leaf: by the branches of the seat, or by the post in the county. */
export function covers({ unit, layer }: Judging, { nodes }: Pick<JudgedLeaf, 'nodes'>): boolean {
  if (layer === 'county') return true;
  const { seat, id } = unit;
  return seat?.scores === true && seatCovers({ nodes: seat.nodes, evaluations: null }, id, nodes);
}

/** The leaf of an edition by its code; a code that names none is no leaf of this evaluation. */
export function preparedLeaf(prepared: Prepared, code: string): PreparedLeaf {
  const found = prepared.leaves.find(({ indicator }) => indicator.code === code);
  if (!found) throw problem('thing.notFound', { what: leafWord });
  return found;
}

/** The leaf as the dated relaxations of its edition have it on a day, by the facts that stand there. */
export function relaxedLeaf(
  prepared: Prepared,
  { code, facts }: Pick<JudgedLeaf, 'code' | 'facts'>,
  on: Day,
): PreparedLeaf {
  const { prepared: relaxed } = relaxedEdition({ prepared, facts: keptFacts(facts), context: { on } });
  return preparedLeaf(relaxed, code);
}

/** What whoever scores has before the eyes: kept with the score, because the leaf goes on. */
export function seenAt({ version, facts, note, objection, evidence, self }: JudgedLeaf): Record<string, unknown> {
  return { leafVersion: version, facts, note, objection, evidence, self };
}

/** Gives the own score at a leaf, settles the leaf where it was the last one, and answers with the total of the unit. */
export async function giveScore(
  ctx: EvaluationContext,
  id: string,
  code: string,
  given: Given,
): Promise<RouteReply<typeof evaluations.score>> {
  const judging = await judgingOf(ctx, id, [code]);
  const { unit, prepared } = judging;
  const [leaf] = unit.judged;
  if (!leaf) throw problem('thing.notFound', { what: leafWord });
  const own = relaxedLeaf(prepared, leaf, ctx.today);
  const value = given.answer === null ? dataValueAt(own, leaf) : null;
  const byData = value === null ? null : { value: valueAnswer(value) };
  const answer = given.answer === null ? byData : engineAnswer(given.answer);
  const result = resultOf(ctx, prepared, leaf, answer);
  const refusal = scoreRefusal(
    prepared.edition,
    own,
    leaf,
    { answer, reason: given.reason, leafVersion: given.leafVersion, result },
    covers(judging, leaf),
  );
  if (refusal) throw refusal;
  if (isSame(leaf, answer, given)) throw problem('thing.nothingChanges', { what: `指标 ${code} 的评分` });
  const points = result.points === null ? null : exactPointsText(result.points);
  const score = {
    ...{ id: newId(), code, answer, points, seen: seenAt(leaf) },
    ...{ leafVersion: given.leafVersion, version: given.version },
  };
  const act = actOf(ctx, judging, given.reason, false);
  const { salt, settled } =
    (await giveSole(ctx, judging, leaf, score, act)) ?? (await giveOne(ctx, judging, score, act));
  await ctx.record(
    judgementRecord(unit, judging.layer, 'scored', keptOf(judging, { code, score: score.id, points, salt })),
  );
  return {
    ...{ code, version: given.version + 1, points, totals: [totalOf(judging, settled)] },
    answered: unit.answered,
    scored: new Set([...unit.scored, code]).size,
  };
}

/** What comes of a score: the salt of its digest where it is blind, and what of the unit is settled then. */
interface Scored {
  readonly salt: string | null;
  readonly settled: readonly SettledLeaf[];
}

/** Gives a score beside others, and settles the leaf where it was the last one. */
async function giveOne(ctx: EvaluationContext, judging: Judging, score: NewScore, act: ScoreAct): Promise<Scored> {
  const [given] = await writeScores(ctx.db, judging.unit, [score], act);
  if (given!.outcome !== 'given') throw await refusalOf(ctx, judging, score.code, given!.outcome);
  return { salt: given!.salt, settled: await settleAlong(ctx, judging, [given!], act) };
}

/**
 * Gives the score of a leaf that has one for all: what it settles is known before, so that both travel with the commit. Undefined
 * where the leaf has more than one score, or its scores were opened for a talk.
 */
async function giveSole(
  ctx: EvaluationContext,
  judging: Judging,
  leaf: JudgedLeaf,
  score: NewScore,
  act: ScoreAct,
): Promise<Scored | undefined> {
  const { unit, prepared, layer } = judging;
  if (leaf.talked || (layer === 'city' && isPerPerson(unit))) return undefined;
  const standing = { personId: ctx.actor.userId, points: score.points, answer: score.answer, adopted: act.agreed };
  const settles = settledBy(preparedLeaf(prepared, score.code), [standing], unit);
  if (settles.kind !== 'settled') return undefined;
  const put = pointsOf(score.code, settles, [standing], leaf.version);
  ctx.along(soleScoreOf(ctx.db, unit, score, put, act), (word, db) =>
    refusalOf({ ...ctx, db }, judging, score.code, word as Exclude<ScoreOutcome, 'given'>),
  );
  await placeAlong(ctx, judging, [put], act);
  return { salt: null, settled: settledWith(unit, [put], []) };
}

/** Whether each reviewer of the city gives a score of his own at a leaf. */
export const isPerPerson = ({ rules }: Pick<Evaluation, 'rules'>) => rules.blind || rules.reviewersPerLeaf > 1;

/** What the answer gives at the leaf; without one, what data give there. */
function resultOf(ctx: EvaluationContext, prepared: Prepared, leaf: JudgedLeaf, answer: Answer | null) {
  if (answer !== null) {
    const scene = { prepared, facts: keptFacts(leaf.facts), context: { on: ctx.today } };
    return scoreOneLeaf(scene, leaf.code, answer, false);
  }
  const origin = leafOrigin(preparedLeaf(prepared, leaf.code));
  return byDataAt(prepared, { ...leaf, origin }, ctx.today) ?? { state: 'unanswered' as const, points: null };
}

/** Whether this person's score stands there already, with its words. */
const isSame = ({ own }: JudgedLeaf, answer: Answer | null, { version, reason }: Given) =>
  own !== null &&
  own.version === version &&
  own.reason === reason &&
  canonicalJson(own.answer) === canonicalJson(answer);

/** What all scores of one act share. */
export function actOf(
  { actor, now }: EvaluationContext,
  { layer, seatId }: Pick<Judging, 'layer' | 'seatId'>,
  reason: string,
  agreed: boolean,
): ScoreAct {
  return { layer, seatId, reason, agreed, by: signatureOf(actor), now };
}

/** Why a score was not taken. Where somebody else's stands instead, both values are told. */
export async function refusalOf(
  ctx: EvaluationContext,
  { unit, layer }: Judging,
  code: string,
  outcome: Exclude<ScoreOutcome, 'given'>,
) {
  switch (outcome) {
    case 'closed':
      return problem('flow.notInState', {
        ...{ what: evaluationWord, action: '评分', state: evaluationStateTitles[unit.state] },
      });
    case 'leaf-changed':
      return problem('evaluation.leafMoved', { code });
    case 'blind':
      return problem('evaluation.selfHidden', { codes: [code] });
    case 'sighted':
      return problem('evaluation.scoreSighted', { code });
    case 'settled':
      return problem('evaluation.talkSettled', { code });
    default: {
      // The policy lets nobody see a score here that is hidden from him: then it is the own one of another window.
      const standing = await listStanding(ctx.db, unit, code, layer);
      const theirs = standing.find(({ personId }) => personId === ctx.actor.userId) ?? standing[0];
      return problem('evaluation.scoreOvertaken', {
        ...{ code, version: theirs?.version ?? 0, at: theirs?.at ?? null },
        theirs: {
          answer: theirs?.answer == null ? null : givenAnswer(theirs.answer),
          ...{ points: theirs?.points ?? null, reason: theirs?.reason ?? '', reviewer: theirs?.reviewer ?? '' },
        },
      });
    }
  }
}

/**
 * Settles the leaves at which nobody owes a score any more: by the rule of the campaign, or by opening a talk where the
 * reviewers differ too much. Both travel with the commit.
 */
export async function settleAlong(
  ctx: EvaluationContext,
  judging: Judging,
  given: readonly GivenScore[],
  act: ScoreAct,
): Promise<readonly SettledLeaf[]> {
  const { unit, prepared } = judging;
  const put: NewPoints[] = [];
  const talks: { code: string; spread: string | null }[] = [];
  for (const { code, standing } of given) {
    if (standing === null) continue;
    const leaf = preparedLeaf(prepared, code);
    const settled = settledBy(leaf, standing, unit);
    if (settled.kind === 'talk') talks.push({ code, spread: exactPointsText(settled.spread) });
    else if (settled.kind === 'settled') {
      const { version } = unit.judged.find((one) => one.code === code)!;
      put.push(pointsOf(code, settled, standing, version));
    }
  }
  if (put.length > 0) ctx.along(settlingOf(ctx.db, unit, put, act));
  if (talks.length > 0) {
    ctx.along(openingsOf(ctx.db, unit, talks, act));
    // The county judges by its posts: whoever is meant has just opened it.
    if (act.layer === 'city') {
      await announceTalks(
        ctx,
        unit,
        talks.map(({ code }) => code),
      );
    }
  }
  await placeAlong(ctx, judging, put, act);
  return settledWith(unit, put, talks);
}

/** What a layer puts down by scores that settle a leaf. */
function pointsOf(
  code: string,
  { way, points, answer }: Extract<Settled, { kind: 'settled' }>,
  standing: readonly StandingJson[],
  leafVersion: number,
): NewPoints {
  // Points that data gave, or that were never typed, stand for themselves.
  const said = standing.every((one) => one.answer !== null) ? answer : null;
  return { code, way, points: points === null ? null : exactPointsText(points), answer: said, leafVersion };
}

/** Lets the places among all subjects be put down anew where a leaf that is compared over the campaign was settled. */
async function placeAlong(
  ctx: EvaluationContext,
  { unit, prepared }: Judging,
  put: readonly NewPoints[],
  { layer }: ScoreAct,
): Promise<void> {
  if (layer !== 'city') return;
  const codes = put.map(({ code }) => code);
  const round = placingOf(prepared, unit, codes);
  if (round !== undefined) await ctx.enqueue(placeRound, round);
}

/** The settled leaves of the unit after an act. */
function settledWith(
  { settled }: JudgedUnit,
  put: readonly NewPoints[],
  opened: readonly { readonly code: string }[],
): readonly SettledLeaf[] {
  const changed = new Set([...put, ...opened].map(({ code }) => code));
  return [
    ...settled.filter(({ code }) => !changed.has(code)),
    ...put.map(({ code, points, answer }) => ({ code, points, answer: answer === null ? null : { given: answer } })),
  ];
}

/** Lets the reviewers of leaves know that a talk is open there. */
export async function announceTalks(
  ctx: Pick<EvaluationContext, 'enqueue'>,
  { placeId, campaignPlaceId, id }: Pick<Evaluation, 'placeId' | 'campaignPlaceId' | 'id'>,
  codes: readonly string[],
): Promise<void> {
  const places = [...new Set([placeId, campaignPlaceId])];
  await ctx.enqueue(sendTalks, { places, placeId, evaluationId: id, codes: [...codes] });
}

/** What becomes of the scores that stand at a leaf, by the rules of the campaign. */
export function settledBy(
  { indicator }: PreparedLeaf,
  standing: readonly StandingJson[],
  { rules }: Pick<Evaluation, 'rules'>,
  owed = 0,
): Settled {
  const scores = standing.map(({ personId, points, answer, adopted }) => ({
    ...{ personId, adopted, points: points === null ? null : readExactPoints(points) },
    answer: answer ?? pointsAnswer(points),
  }));
  return settleScores(indicator, scores, owed, rules);
}

/** A score that was given by points alone says these points. */
const pointsAnswer = (points: string | null): Answer => ({
  points: points === null ? 0 : toNumber(readExactPoints(points)),
});

/** The total of the layer that judges, as the leaves stand with what was just settled. */
export function totalOf({ unit, prepared, layer }: Judging, settled: readonly SettledLeaf[]) {
  const applying = new Set(unit.applying);
  const out = new Set(unit.out);
  const byCode = new Map(settled.map((one) => [one.code, one]));
  const leafOf = (code: string): UnitLeaf => {
    const point = byCode.get(code);
    return {
      applies: applying.has(code) ? true : out.has(code) ? false : null,
      settled: point && { points: point.points, answer: point.answer?.given ?? null },
    };
  };
  const { total, from, to, unanswered } = unitTotal(prepared, leafOf);
  return { layer, total, from, to, unanswered: unanswered.length };
}

/**
 * What the audit keeps of a score. A blind one is recorded by its digest alone: officers of the panel read the audit before they
 * have scored. The salt lies hidden with the score, so that nobody finds the points by trying.
 */
function keptOf(
  { unit, layer }: Judging,
  { code, score, points, salt }: { code: string; score: string; points: string | null; salt: string | null },
): Record<string, unknown> {
  const isBlind = unit.rules.blind && layer === 'city';
  return { leafCode: code, ...(isBlind ? { digest: digestOf({ score, points, salt }) } : { points }) };
}
