import { noticeWrites } from '#core/notices/notices.store.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import type { EvaluationNotice } from '#domain/evaluation/notice.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type EvaluationContext, loadEvaluation, stepEvaluation } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { writeLists } from '../opening/opening.store.ts';
import { findOpinion, writeOpinion } from './opinion.store.ts';
import { type CityResult, cityResult, lacksFor } from './result.act.ts';
import { writeRelease } from './result.store.ts';

/** Tells the subject: its school, or the officers of its county. */
export function tellSubject(
  ctx: Pick<EvaluationContext, 'db' | 'actor' | 'now' | 'along'>,
  evaluation: Evaluation,
  kind: EvaluationNotice,
  note: string | null,
): void {
  const { db, actor, now } = ctx;
  ctx.along(noticeWrites(db, { kind, subjects: [evaluation], actor, now, note, about: evaluation.title }));
}

/** Tells the office that holds the campaign. */
export async function tellOffice(
  ctx: Pick<EvaluationContext, 'db' | 'actor' | 'now'>,
  evaluation: Evaluation,
  kind: EvaluationNotice,
  note: string | null,
): Promise<void> {
  const { subjectName, title, campaignPlaceId } = evaluation;
  await writeNoticesTo(ctx.db, {
    ...{ kind, actor: ctx.actor, now: ctx.now, note },
    notices: [
      { subject: evaluation, to: { audience: 'place', placeId: campaignPlaceId }, about: `${subjectName}：${title}` },
    ],
  });
}

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

/** Feeds the preliminary opinion back: the subject reads points, total and comments, and may state until the day. */
export async function release(
  ctx: EvaluationContext,
  id: string,
  { revision, statementDue }: { readonly revision: number; readonly statementDue: Day },
) {
  const evaluation = await loadEvaluation(ctx, id);
  const opinionLacks = await lackSentences(ctx, evaluation, 'release');
  const moved = await stepEvaluation(ctx, id, {
    ...{ revision, action: 'release', brought: { opinionLacks }, after: { statementDue } },
    async follow(row) {
      if (statementDue <= ctx.today) throw problem('evaluation.statementDueInPast', { today: ctx.today });
      await copyResult(ctx, row, await cityResult(ctx, row), statementDue);
      // What is released is judged: seats alone read none of its evidence any more.
      await writeLists(ctx.db, row, ctx.now);
      tellSubject(ctx, row, 'evaluation.released', `申辩截止：${statementDue}`);
    },
  });
  return moved;
}

/** Brings what was released up to date: after a statement was accepted and its points were settled anew. */
export async function releaseAgain(ctx: EvaluationContext, evaluation: Evaluation): Promise<void> {
  await copyResult(ctx, evaluation, await cityResult(ctx, evaluation), evaluation.statementDue);
}

/** What the opinion lacks for an act, in sentences without a full stop. */
export async function lackSentences(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  act: Parameters<typeof lacksFor>[3],
): Promise<string[]> {
  const result = await cityResult(ctx, evaluation);
  const rows = await findOpinion(ctx.db, evaluation);
  return lacksFor(ctx, result, rows, act).map(({ sentence }) => sentence);
}
