import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { seatCovers } from '#domain/evaluation/campaign/panel.ts';
import { evaluationStateTitles } from '#domain/evaluation/kind.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import { engineAnswer } from '#domain/evaluation/points/running-points.ts';
import { exactPointsText, readExactPoints, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { spreadOf, talkRefusal } from '#domain/evaluation/points/settle.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { LeafResult, Prepared } from '#domain/framework/result.ts';
import { answerFaults } from '#domain/framework/score/answer-check.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { editionOf } from '../edition.act.ts';
import {
  authoriseFor,
  type EvaluationContext,
  evaluationWord,
  judgingLayerOf,
  loadEvaluation,
  overtaken,
} from '../evaluation.act.ts';
import { type Evaluation, lockAtStep, lockEvaluation } from '../evaluation.store.ts';
import { placeRound } from '../evaluations.jobs.ts';
import { givenAnswer } from '../leaf/answer.shape.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import { releaseAgain } from '../opinion/release.act.ts';
import { judgementRecord } from './judgement.shape.ts';
import {
  findJudged,
  findTalkScene,
  isStatementAccepted,
  listStanding,
  type TalkScene,
  writeEditionRead,
  writeOpening,
  writeTalk,
} from './judging.store.ts';
import { placingOf } from './round.job.ts';
import { announceTalks, isPerPerson, preparedLeaf, relaxedLeaf, settledBy, totalOf } from './score.act.ts';

const actOf = ({ actor, now }: EvaluationContext, evaluation: Evaluation, layer: JudgingLayer) => ({
  ...{ layer, by: signatureOf(actor), now, seatId: layer === 'city' ? (evaluation.seat?.id ?? null) : null },
});

async function sceneOf(ctx: EvaluationContext, evaluation: Evaluation, code: string, layer: JudgingLayer) {
  const scene = await findTalkScene(ctx.db, evaluation, code, layer, ctx.today);
  if (!scene) throw problem('thing.notFound', { what: leafWord });
  return { scene, standing: await listStanding(ctx.db, evaluation, code, layer) };
}

/** How far the visible scores of a leaf lie apart; null for fewer than two. */
function spreadText(standing: readonly { readonly points: string | null }[]): string | null {
  const known = standing.flatMap(({ points }) => (points === null ? [] : [readExactPoints(points)]));
  return known.length < 2 ? null : exactPointsText(spreadOf(known));
}

/** Opens the scores of a leaf before everybody has given his: whoever leads says why. */
export async function openScores(
  ctx: EvaluationContext,
  id: string,
  code: string,
  reason: string,
): Promise<{ opened: number }> {
  const evaluation = await loadEvaluation(ctx, id);
  await authoriseFor(ctx, evaluation, 'openTalk');
  const layer = judgingLayerOf(evaluation);
  const { scene, standing } = await sceneOf(ctx, evaluation, code, layer);
  if (scene.talk !== null) throw problem('evaluation.scoresOpen', { code });
  if (owesOwn(ctx, evaluation, scene, standing)) throw problem('evaluation.ownScoreFirst', { code });
  if (standing.length === 0) throw problem('evaluation.noScores', { code });
  const act = actOf(ctx, evaluation, layer);
  const opened = await writeOpening(ctx.db, evaluation, code, spreadText(standing), act);
  if (!opened) throw problem('evaluation.scoresOpen', { code });
  if (layer === 'city') await announceTalks(ctx, evaluation, [code]);
  await ctx.record(judgementRecord(evaluation, layer, 'scoresOpened', { leafCode: code, reason }));
  return { opened: standing.length };
}

/** Whoever judges blind gives the own score before he sees the others. */
function owesOwn(
  { actor }: EvaluationContext,
  { rules, seat, id }: Evaluation,
  { nodes }: TalkScene,
  standing: readonly { readonly personId: string }[],
): boolean {
  if (!rules.blind || seat === null || !seat.scores) return false;
  if (!seatCovers({ nodes: seat.nodes, evaluations: null }, id, nodes)) return false;
  return !standing.some(({ personId }) => personId === actor.userId);
}

/**
 * The evaluation at the step at which it was read, until the transaction ends: a release that came between would have told the subject
 * other points, and nothing but an accepted statement changes those.
 * @throws evaluation.changed where somebody has moved it meanwhile
 */
async function keptAtStep(ctx: EvaluationContext, loaded: Evaluation): Promise<Evaluation> {
  const held = await lockAtStep(ctx.db, loaded);
  const state = held?.state === 'open' ? held.step : ((held?.state ?? loaded.state) as EvaluationState);
  if (held?.state !== 'open' || state !== loaded.state) throw await overtaken({ ...loaded, state }, ctx);
  return loaded;
}

/** Writes down what a talk has found; the scores of its reviewers stay as they are. */
export async function settleTalk(
  ctx: EvaluationContext,
  id: string,
  code: string,
  { version, minutes, reason, answer: given }: RouteInput<typeof evaluations.settleTalk>['body'],
): Promise<RouteReply<typeof evaluations.settleTalk>> {
  const loaded = await loadEvaluation(ctx, id);
  await authoriseFor(ctx, loaded, 'settle');
  // What was released is brought up to date with it, so nobody else changes the row meanwhile; before that nobody releases it meanwhile.
  const kept =
    loaded.releasedAt === null ? await keptAtStep(ctx, loaded) : await lockEvaluation(ctx.db, loaded, ctx.actor.userId);
  const evaluation = kept ?? loaded;
  if (evaluation.state === 'statement' && !(await isStatementAccepted(ctx.db, evaluation))) {
    throw problem('evaluation.noStatementAccepted');
  }
  const layer = judgingLayerOf(evaluation);
  const { prepared } = await editionOf(ctx.db, evaluation);
  preparedLeaf(prepared, code);
  const { scene, standing } = await sceneOf(ctx, evaluation, code, layer);
  assertSeen(code, version, scene);
  const leaf = relaxedLeaf(prepared, { code, facts: scene.facts }, ctx.today);
  const owed = layer === 'city' && isPerPerson(evaluation) ? scene.owing : 0;
  const settled = settledBy(leaf, standing, evaluation, owed);
  // An accepted statement changes points as a talk does, and says so in the same way.
  const opened = scene.talk !== null || evaluation.state === 'statement';
  const wanted = evaluation.rules.reviewersPerLeaf;
  if (!opened && layer === 'city' && settled.kind === 'settled' && standing.length < wanted) {
    // Whoever owed has left: no score will come that settles it.
    throw problem('evaluation.reviewersFew', { code, wanted, given: standing.length });
  }
  const answer = engineAnswer(given);
  const result = judgedAs(prepared, scene, code, answer, ctx.today);
  const refusal = talkRefusal(leaf.indicator, settled, { answer, result }, opened);
  if (refusal) throw refusal;
  const act = actOf(ctx, evaluation, layer);
  if (scene.talk === null) {
    if (owesOwn(ctx, evaluation, scene, standing)) throw problem('evaluation.ownScoreFirst', { code });
    await writeOpening(ctx.db, evaluation, code, spreadText(standing), act);
  }
  const points = result.points === null ? null : exactPointsText(result.points);
  const { leafVersion, pointsVersion } = scene;
  const found = { code, points, answer, minutes, reason, leafVersion, pointsVersion };
  const written = await writeTalk(ctx.db, evaluation, found, act);
  if (written.outcome === 'closed') {
    const state = evaluationStateTitles[evaluation.state];
    throw problem('flow.notInState', { what: evaluationWord, action: '合议', state });
  }
  if (written.outcome !== 'settled') {
    // Somebody settled it between the look and the write.
    assertSeen(code, version, (await sceneOf(ctx, evaluation, code, layer)).scene);
    throw problem('evaluation.pointsMoved', { code });
  }
  const round = layer === 'city' ? placingOf(prepared, evaluation, [code]) : undefined;
  if (round !== undefined) await ctx.enqueue(placeRound, round);
  if (evaluation.releasedAt !== null) await releaseAgain(ctx, evaluation);
  await ctx.record(judgementRecord(evaluation, layer, 'talkSettled', { leafCode: code, points, reason }));
  const unit = await findJudged(ctx.db, ctx.scope, id, [code], ctx.actor.userId);
  if (!unit) throw problem('thing.notFound', { what: evaluationWord });
  return {
    ...{ code, version: written.version, points },
    totals: [totalOf({ unit, prepared, layer, seatId: act.seatId }, unit.settled)],
    answered: unit.answered,
    scored: unit.scored.length,
  };
}

/** Whoever settles names the points that he has seen: of two leaders the second is told what the first has settled. */
function assertSeen(code: string, seen: number, { standing }: Pick<TalkScene, 'standing'>): void {
  if ((standing?.version ?? 0) === seen) return;
  const theirs = standing && { points: standing.points, answer: standing.answer && givenAnswer(standing.answer) };
  throw problem('evaluation.talkOvertaken', {
    ...{ code, version: standing?.version ?? 0, theirs },
    ...{ by: standing?.by ?? null, at: standing === null ? null : new Date(standing.at).toISOString() },
  });
}

/** What the answer of a talk gives at a leaf, by the facts that stand there. An answer that does not fit gives nothing. */
function judgedAs(
  prepared: Prepared,
  { facts }: TalkScene,
  code: string,
  answer: Answer,
  on: Day,
): Pick<LeafResult, 'state' | 'points'> {
  const leaf = relaxedLeaf(prepared, { code, facts }, on);
  if (answerFaults(leaf.indicator, answer).length > 0) return { state: 'unanswered', points: null };
  return scoreOneLeaf({ prepared, facts: keptFacts(facts), context: { on } }, code, answer, false);
}

/** Notes that this person has read the edition by which he judges. */
export async function readEdition(ctx: EvaluationContext, id: string): Promise<{ done: true }> {
  const evaluation = await loadEvaluation(ctx, id);
  const { seat, campaignPlaceId } = evaluation;
  ctx.authorize(seat !== null, problem('evaluation.noSeat'));
  const marked = await writeEditionRead(ctx.db, campaignPlaceId, seat!.id, ctx.now);
  if (marked) {
    const after = { edition: `${evaluation.frameworkKey}/${evaluation.frameworkRevision}`, seatId: seat!.id };
    await ctx.record(judgementRecord(evaluation, 'city', 'editionRead', after));
  }
  return { done: true };
}
