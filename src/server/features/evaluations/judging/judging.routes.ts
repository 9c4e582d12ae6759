import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { adoptSelf } from './adopt.act.ts';
import { addRemark } from './remark.act.ts';
import { giveScore } from './score.act.ts';
import { openScores, readEdition, settleTalk } from './talk.act.ts';

const on = serving<EvaluationHandle>();

export const judgingRoutes = [
  on(evaluations.score, async (ctx, { params: { evaluationId, code }, body }) =>
    giveScore(ctx, evaluationId, code, body),
  ),

  on(evaluations.adoptSelf, async (ctx, { params, body }) => adoptSelf(ctx, params.evaluationId, body)),

  on(evaluations.openScores, async (ctx, { params: { evaluationId, code }, body }) =>
    openScores(ctx, evaluationId, code, body.reason),
  ),

  on(evaluations.settleTalk, async (ctx, { params: { evaluationId, code }, body }) =>
    settleTalk(ctx, evaluationId, code, body),
  ),

  on(evaluations.remark, async (ctx, { params: { evaluationId, code }, body }) =>
    addRemark(ctx, evaluationId, code, body),
  ),

  on(evaluations.readEdition, async (ctx, { params }) => readEdition(ctx, params.evaluationId)),
];
