import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { confirmResult, finish, issueOpinion, returnResult, saveOpinion, submitResult } from './conclude.act.ts';
import { readOpinion } from './opinion.act.ts';
import { feedBackAgain, release } from './release.act.ts';
import { answerStatement, stateObjection, waiveStatement } from './statement.act.ts';

const on = serving<EvaluationHandle>();

export const opinionRoutes = [
  on(evaluations.opinion, async (ctx, { params }) => readOpinion(ctx, params.evaluationId)),

  on(evaluations.saveOpinion, async (ctx, { params, body }) => saveOpinion(ctx, params.evaluationId, body)),

  on(evaluations.release, async (ctx, { params, body }) => release(ctx, params.evaluationId, body)),

  on(evaluations.releaseAgain, async (ctx, { params, body }) => feedBackAgain(ctx, params.evaluationId, body)),

  on(evaluations.state, async (ctx, { params, body }) => stateObjection(ctx, params.evaluationId, body)),

  on(evaluations.waiveStatement, async (ctx, { params, body }) =>
    waiveStatement(ctx, params.evaluationId, body.revision),
  ),

  on(evaluations.answerStatement, async (ctx, { params: { evaluationId, statementId }, body }) =>
    answerStatement(ctx, evaluationId, statementId, body),
  ),

  on(evaluations.issueOpinion, async (ctx, { params, body }) => issueOpinion(ctx, params.evaluationId, body.revision)),

  on(evaluations.submitResult, async (ctx, { params, body }) => submitResult(ctx, params.evaluationId, body.revision)),

  on(evaluations.confirmResult, async (ctx, { params, body }) =>
    confirmResult(ctx, params.evaluationId, body.revision),
  ),

  on(evaluations.returnResult, async (ctx, { params, body }) => returnResult(ctx, params.evaluationId, body)),

  on(evaluations.finish, async (ctx, { params, body }) => finish(ctx, params.evaluationId, body)),
];
