import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type EvaluationContext, stepEvaluation } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { sendToSubject } from '../notice.act.ts';
import { writeLists } from '../opening/opening.store.ts';
import { writeOpinion } from './opinion.store.ts';
import { broughtBy, type CityResult, cityResult, resultAndOpinion } from './result.act.ts';
import { writeRelease } from './result.store.ts';
import { lockResults } from './round.act.ts';
import { waiversEnd } from './statement.store.ts';

/** Puts the result into the opinion as the scores give it now, and copies it to the subject. */
async function copyResult(ctx: EvaluationContext, evaluation: Evaluation, result: CityResult, due: Day | null) {
  const { actor, now } = ctx;
  const { total, conclusion, certificate, scored } = result;
  // The evaluation is locked: nobody can have opened a leaf since the flow was asked.
  if (scored.provisional !== null) {
    const codes = scored.provisional.unanswered;
    throw problem('evaluation.notSettled', { layer: '市', codes: [...codes] });
  }
  const who = { by: actor.userId, name: signatureOf(actor), at: now, drafts: false };
  await writeOpinion(ctx.db, evaluation, { total, conclusion, certificate }, who);
  await writeRelease(ctx.db, evaluation, due, now);
}

type Releasing = { readonly revision: number; readonly statementDue: Day };

/** Feeds the result back: what it comes to is put down and copied to the subject, which may state until the day. */
async function feedBack(
  ctx: EvaluationContext,
  id: string,
  step: Releasing & { readonly action: 'release' | 'releaseAgain'; readonly reason?: string },
  follow: (row: Evaluation) => Promise<void> | void,
) {
  const { revision, action, reason, statementDue } = step;
  return await stepEvaluation(ctx, id, {
    ...{ revision, action, after: { statementDue } },
    ...(reason === undefined ? {} : { reason }),
    async brought(row) {
      // Nobody takes a ruling back meanwhile on which it rests.
      await lockResults(ctx.db, row.campaignId);
      return broughtBy(ctx, await resultAndOpinion(ctx, row), 'release');
    },
    async follow(row) {
      assertLater(ctx, statementDue);
      await copyResult(ctx, row, row.brought.result, statementDue);
      await follow(row);
    },
  });
}

/** Feeds the preliminary opinion back: the subject reads points, total and comments, and may state until the day. */
export async function release(ctx: EvaluationContext, id: string, releasing: Releasing) {
  return await feedBack(ctx, id, { ...releasing, action: 'release' }, async (row) => {
    // What is released is judged: seats alone read none of its evidence any more.
    await writeLists(ctx.db, row, ctx.now);
    sendToSubject(ctx, row, 'evaluation.released', `申辩截止：${releasing.statementDue}`);
  });
}

function assertLater({ today }: Pick<EvaluationContext, 'today'>, statementDue: Day): void {
  if (statementDue <= today) throw problem('evaluation.statementDueInPast', { today });
}

/**
 * Feeds a conclusion back that has changed since: by what the office found, or because another subject of the campaign moved. The
 * subject reads it, and is heard anew; a letter of what was concluded before is followed by another one.
 */
export async function feedBackAgain(
  ctx: EvaluationContext,
  id: string,
  releasing: Releasing & { readonly reason: string },
) {
  return await feedBack(ctx, id, { ...releasing, action: 'releaseAgain' }, (row) => {
    // Whoever had nothing to say said it of another conclusion.
    ctx.along(waiversEnd(ctx.db, row, { by: signatureOf(ctx.actor), on: ctx.today }));
    const { reason, statementDue } = releasing;
    sendToSubject(ctx, row, 'evaluation.released', `重新反馈：${reason}；申辩截止：${statementDue}`);
  });
}

/** Brings what was released up to date: after a statement was accepted and its points were settled anew. */
export async function releaseAgain(ctx: EvaluationContext, evaluation: Evaluation, result?: CityResult): Promise<void> {
  await copyResult(ctx, evaluation, result ?? (await cityResult(ctx, evaluation)), evaluation.statementDue);
}
