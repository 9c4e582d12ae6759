import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { exportResults, readClaims, readResults } from './results.act.ts';
import { endTie, readTies, ruleTie } from './tie.act.ts';

const on = serving<EvaluationHandle>();

export const roundRoutes = [
  on(evaluations.ties, async (ctx, { query }) => readTies(ctx, query.campaignId)),
  on(evaluations.ruleTie, async (ctx, { body }) => ruleTie(ctx, body)),
  on(evaluations.endTie, async (ctx, { params, body }) => endTie(ctx, params.tieId, body.reason)),

  on(evaluations.results, async (ctx, { query }) => readResults(ctx, query)),
  on(evaluations.resultsWorkbook, async (ctx, { query }) => exportResults(ctx, query)),
  on(evaluations.claims, async (ctx, { query }) => readClaims(ctx, query.campaignId)),
];
