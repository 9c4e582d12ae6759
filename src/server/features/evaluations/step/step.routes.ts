import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { confirmSelf, receiveSelf, returnSelf, submitSelf, takeSelfBack } from './self.act.ts';

const on = serving<EvaluationHandle>();

export const selfStepRoutes = [
  on(evaluations.submit, async (ctx, { params, body }) => submitSelf(ctx, params.evaluationId, body)),
  on(evaluations.confirmSelf, async (ctx, { params, body }) => confirmSelf(ctx, params.evaluationId, body)),
  on(evaluations.takeBack, async (ctx, { params, body }) => takeSelfBack(ctx, params.evaluationId, body)),
  on(evaluations.sendBack, async (ctx, { params, body }) => returnSelf(ctx, params.evaluationId, body)),
  on(evaluations.receive, async (ctx, { params, body }) => receiveSelf(ctx, params.evaluationId, body)),
];
