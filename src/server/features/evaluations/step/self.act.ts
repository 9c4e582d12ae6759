import { signatureOf } from '#domain/access/actor.ts';
import { evaluationStateTitles, stepOf } from '#domain/evaluation/kind.ts';
import { returnRefusal } from '#domain/evaluation/leaf.ts';
import { unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { reopen } from '#domain/flow/reopening.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, loadEvaluation, stepEvaluation } from '../evaluation.act.ts';
import { type Evaluation, reopeningOf } from '../evaluation.store.ts';
import { dealLists, placeRound, sendVoided } from '../evaluations.jobs.ts';
import { placingOf } from '../judging/round.job.ts';
import { voidedOf } from '../judging/voided.job.ts';
import { listLeaves, returnedEnd, returnedWrite } from '../leaf/leaf.store.ts';
import { sendToOffice, sendToSubject, sendWithin } from '../notice.act.ts';
import { writeLists } from '../opening/opening.store.ts';
import { totalWrite } from '../total.store.ts';
import { selfAt } from '../unit-leaves.shape.ts';
import {
  confirmationWrite,
  evidenceLocking,
  handInWrite,
  listConfirmingPosts,
  takingBackWrite,
} from './handin.store.ts';

const roundOf = ({ handIn }: Evaluation) => handIn?.round ?? 0;

/** Sends it to those who may confirm, and to nobody who may not; where the subject has none, the level that stands in for it reads of it. */
async function sendToConfirming(ctx: EvaluationContext, evaluation: Evaluation): Promise<void> {
  const posts = await listConfirmingPosts(ctx.db, evaluation, ctx.actor.userId);
  const to = posts.map((postId) => ({ postId }));
  if (to.length === 0) sendToSubject(ctx, evaluation, 'evaluation.submitted');
  else await sendWithin(ctx, evaluation, 'evaluation.submitted', to);
}

/** Hands the self-evaluation in: what it lacks is named leaf by leaf. */
export async function submitSelf(ctx: EvaluationContext, id: string, { revision }: { readonly revision: number }) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'submit' },
    async follow(evaluation) {
      const { prepared } = await editionOf(ctx.db, evaluation);
      const leaves = await listLeaves(ctx.db, evaluation);
      const by = { round: roundOf(evaluation) + 1, personId: ctx.actor.userId, by: signatureOf(ctx.actor) };
      ctx.along(handInWrite(ctx.db, evaluation, by, ctx.now).compile());
      ctx.along(returnedEnd(ctx.db, evaluation).compile());
      // The leader confirms what was handed in: another version is another piece from here on.
      ctx.along(evidenceLocking(ctx.db, evaluation, ctx.now));
      const total = unitTotal(prepared, selfAt(prepared, leaves));
      const certificate = { edition: evaluation.frameworkHash, day: ctx.today };
      ctx.along(totalWrite(ctx.db, evaluation, 'self', total, certificate, ctx.now));
      const round = placingOf(prepared, evaluation);
      if (round !== undefined) await ctx.enqueue(placeRound, round);
      await sendToConfirming(ctx, evaluation);
    },
  });
}

/** The leader of the subject confirms by name what was handed in. */
export async function confirmSelf(ctx: EvaluationContext, id: string, { revision }: { readonly revision: number }) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'confirmSelf' },
    async follow(evaluation) {
      const by = { round: roundOf(evaluation), personId: ctx.actor.userId, by: signatureOf(ctx.actor) };
      ctx.along(confirmationWrite(ctx.db, evaluation, by, ctx.now).compile());
      await sendToOffice(ctx, evaluation, 'evaluation.selfConfirmed');
    },
  });
}

export async function takeSelfBack(ctx: EvaluationContext, id: string, { revision }: { readonly revision: number }) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'takeBack' },
    async follow(evaluation) {
      ctx.along(takingBackWrite(ctx.db, evaluation, roundOf(evaluation), ctx.now).compile());
    },
  });
}

/**
 * The lists follow the new step: drafts are nobody's beside the subject. A county does not reach them, and a seat reads
 * nothing new until they are dealt.
 */
async function dealAnew(ctx: EvaluationContext, evaluation: Evaluation): Promise<void> {
  const { placeId, campaignPlaceId, id } = evaluation;
  if (ctx.actor.level === 'city') await writeLists(ctx.db, evaluation, ctx.now);
  else await ctx.enqueue(dealLists, { places: [...new Set([placeId, campaignPlaceId])], placeId, evaluationId: id });
}

/** Sends the self-evaluation back, whole or some leaves; the rest stays locked and keeps its scores. */
export async function returnSelf(
  ctx: EvaluationContext,
  id: string,
  { revision, codes, reason }: { readonly revision: number; readonly codes: readonly string[] | null; reason: string },
) {
  const { prepared } = await editionOf(ctx.db, await loadEvaluation(ctx, id));
  const unknown = returnRefusal(prepared, codes);
  if (unknown) throw unknown;
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'return', reason, ...(codes === null ? {} : { parts: codes }) },
    after: codes === null ? {} : { leafCodes: codes.join('、') },
    set(evaluation) {
      const open = reopeningOf(evaluation)?.openParts ?? null;
      const { openParts } = reopen({ ...(codes === null ? {} : { parts: codes }), reason }, open);
      return { returned: { reason, codes: openParts, round: roundOf(evaluation) } };
    },
    async follow(evaluation) {
      ctx.along(returnedWrite(ctx.db, evaluation, codes, reason).compile());
      await dealAnew(ctx, evaluation);
      sendToSubject(ctx, evaluation, 'evaluation.returned', reason);
    },
  });
}

/** The level that judges next goes on: it takes the confirmed self-evaluation in, or ends the review of the county. */
export async function receiveSelf(ctx: EvaluationContext, id: string, { revision }: { readonly revision: number }) {
  const { kind, state } = await loadEvaluation(ctx, id);
  return await stepEvaluation(ctx, id, {
    ...{
      revision,
      action: stepOf(kind, state)?.judges === 'county' ? 'moveOn' : 'receive',
      set: () => ({ returned: null }),
    },
    async follow(evaluation, to) {
      await dealAnew(ctx, evaluation);
      const voided = voidedOf(evaluation);
      if (voided !== undefined) await ctx.enqueue(sendVoided, voided);
      sendToSubject(ctx, evaluation, 'evaluation.movedOn', evaluationStateTitles[to]);
    },
  });
}
