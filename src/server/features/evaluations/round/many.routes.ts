import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { askOnMany, readNewest } from './many.act.ts';

const on = serving<EvaluationHandle>();

export const manyRoutes = [
  on(evaluations.actOnMany, async (ctx, { body }) => askOnMany(ctx, body)),
  on(evaluations.newestActOnMany, async (ctx, { query }) => readNewest(ctx, query.campaignId)),
];
