import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { enterProvince } from './province.act.ts';

const on = serving<EvaluationHandle>();

export const provinceRoutes = [
  on(evaluations.enterProvince, async (ctx, { params, body }) => enterProvince(ctx, params.evaluationId, body)),
];
