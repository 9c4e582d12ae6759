import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import { loadEvaluation } from '../evaluation.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { refreshFacts } from './facts.act.ts';
import { answerLeaf, assignLeaves, listAnswering, objectToLeaf } from './leaf.act.ts';
import { enterQuestion, readQuestions } from './questions.act.ts';

const on = serving<EvaluationHandle>();

export const leafRoutes = [
  on(evaluations.answerLeaf, async (ctx, { params, body }) => answerLeaf(ctx, params.evaluationId, params.code, body)),
  on(evaluations.objectToLeaf, async (ctx, { params, body }) =>
    objectToLeaf(ctx, params.evaluationId, params.code, body),
  ),
  on(evaluations.assignLeaves, async (ctx, { params, body }) => assignLeaves(ctx, params.evaluationId, body)),

  on(evaluations.colleagues, async (ctx, { params }) => {
    const evaluation = await loadEvaluation(ctx, params.evaluationId);
    return await listAnswering(ctx, evaluation);
  }),

  on(evaluations.refreshFacts, async (ctx, { params }) => refreshFacts(ctx, params.evaluationId)),
  on(evaluations.questions, async (ctx, { params }) => readQuestions(ctx, params.evaluationId)),
  on(evaluations.enterFact, async (ctx, { params, body }) => enterQuestion(ctx, params.evaluationId, body)),
];
