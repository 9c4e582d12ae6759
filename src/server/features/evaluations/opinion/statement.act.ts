import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { authoriseFor, type EvaluationContext, loadEvaluation, stepEvaluation } from '../evaluation.act.ts';
import { sendToOffice, sendToSubject } from '../notice.act.ts';
import { answerWrite, findStatement, statementWrite } from './statement.store.ts';

/** The subject states what it holds against the preliminary opinion (《教育督导条例》, 国务院令第 624 号, 第二十条). */
export async function stateObjection(
  ctx: EvaluationContext,
  id: string,
  { revision, text }: { readonly revision: number; readonly text: string },
) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'state' },
    async follow(row) {
      const one = { id: newId(), text, waived: false, by: signatureOf(ctx.actor), on: ctx.today };
      ctx.along(statementWrite(ctx.db, row, one));
      await sendToOffice(ctx, row, 'evaluation.stated', null);
    },
  });
}

/** The leader of the subject says that there is nothing more to state. */
export async function waiveStatement(ctx: EvaluationContext, id: string, revision: number) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'waiveStatement' },
    async follow(row) {
      const one = { id: newId(), text: '', waived: true, by: signatureOf(ctx.actor), on: ctx.today };
      ctx.along(statementWrite(ctx.db, row, one));
    },
  });
}

/** Answers a statement. Points that it changes are settled by a talk with its minutes. */
export async function answerStatement(
  ctx: EvaluationContext,
  id: string,
  statementId: string,
  { revision, accepted, answer }: { readonly revision: number; readonly accepted: boolean; readonly answer: string },
) {
  const evaluation = await loadEvaluation(ctx, id);
  const statement = await findStatement(ctx.db, evaluation, statementId);
  if (!statement) throw problem('thing.notFound', { what: '条申辩意见' });
  if (statement.answeredOn !== null) {
    await authoriseFor(ctx, evaluation, 'conclude');
    throw problem('evaluation.statementAnswered');
  }
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'answerStatement', after: { accepted: accepted ? '采纳' : '不采纳', answer } },
    async follow(row) {
      ctx.along(answerWrite(ctx.db, row, statementId, { accepted, answer, by: signatureOf(ctx.actor), on: ctx.today }));
      sendToSubject(ctx, row, 'evaluation.statementAnswered', accepted ? '采纳' : '不采纳');
    },
  });
}
