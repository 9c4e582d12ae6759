import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { lockName } from '#platform/db/named-lock.ts';
import { type EvaluationContext, stepEvaluation } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { sendToSubject } from '../notice.act.ts';
import { writeLists } from '../opening/opening.store.ts';
import { findOpinion, writeOpinion } from './opinion.store.ts';
import { broughtBy, type CityResult, cityResult } from './result.act.ts';
import { writeRelease } from './result.store.ts';
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

/** The result of a locked evaluation with its opinion, once for all that an act asks of it. */
export async function resultAndOpinion(ctx: EvaluationContext, evaluation: Evaluation) {
  return { result: await cityResult(ctx, evaluation), rows: await findOpinion(ctx.db, evaluation) };
}

/** The result of a locked evaluation that is fed back: nobody takes a ruling back on which it rests meanwhile. */
async function resultToRelease(ctx: EvaluationContext, evaluation: Evaluation) {
  await lockName(ctx.db, `results of ${evaluation.campaignId}`);
  return await resultAndOpinion(ctx, evaluation);
}

/** Feeds the preliminary opinion back: the subject reads points, total and comments, and may state until the day. */
export async function release(ctx: EvaluationContext, id: string, { revision, statementDue }: Releasing) {
  let found: CityResult | undefined;
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'release', after: { statementDue } },
    async brought(row) {
      const { result, rows } = await resultToRelease(ctx, row);
      found = result;
      return broughtBy(ctx, result, rows, 'release');
    },
    async follow(row) {
      assertLater(ctx, statementDue);
      await copyResult(ctx, row, found!, statementDue);
      // What is released is judged: seats alone read none of its evidence any more.
      await writeLists(ctx.db, row, ctx.now);
      sendToSubject(ctx, row, 'evaluation.released', `申辩截止：${statementDue}`);
    },
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
  { revision, statementDue, reason }: Releasing & { readonly reason: string },
) {
  let found: CityResult | undefined;
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'releaseAgain', reason, after: { statementDue } },
    async brought(row) {
      const { result, rows } = await resultToRelease(ctx, row);
      found = result;
      return broughtBy(ctx, result, rows, 'release');
    },
    async follow(row) {
      assertLater(ctx, statementDue);
      await copyResult(ctx, row, found!, statementDue);
      // Whoever had nothing to say said it of another conclusion.
      ctx.along(waiversEnd(ctx.db, row, { by: signatureOf(ctx.actor), on: ctx.today }));
      sendToSubject(ctx, row, 'evaluation.released', `重新反馈：${reason}；申辩截止：${statementDue}`);
    },
  });
}

/** Brings what was released up to date: after a statement was accepted and its points were settled anew. */
export async function releaseAgain(ctx: EvaluationContext, evaluation: Evaluation, result?: CityResult): Promise<void> {
  await copyResult(ctx, evaluation, result ?? (await cityResult(ctx, evaluation)), evaluation.statementDue);
}
