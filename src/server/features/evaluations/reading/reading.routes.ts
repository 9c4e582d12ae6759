import type { z } from 'zod';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { dueOf, readDetail } from './detail.act.ts';
import { evaluationsReply } from './evaluation.workbook.ts';
import { readLeafDetail } from './leaf-detail.act.ts';
import { findEvaluations, type ListedEvaluation, listEvaluations } from './list.store.ts';

import { readObstacles } from './obstacles.act.ts';
import { readSlope } from './slope.act.ts';
import { readTrace } from './trace.act.ts';

const on = serving<EvaluationHandle>();

/** As many rows as a file has at most. */
const mostExported = 20_000;

function shownSummary(row: ListedEvaluation, today: Day): z.output<typeof evaluations.evaluationSummary> {
  return { ...row, ...dueOf(row.due, today) };
}

export const readingRoutes = [
  on(evaluations.list, async (ctx, { query }) => {
    const { actor, today } = ctx;
    ctx.planOnce();
    const { rows, total } = await listEvaluations(ctx.db, ctx.scope, { filter: query, actor, today });
    return { rows: rows.map((row) => shownSummary(row, today)), total };
  }),

  on(evaluations.workbook, async (ctx, { query }) => {
    const { actor, today } = ctx;
    const rows = await findEvaluations(ctx.db, ctx.scope, { filter: query, actor, today }, mostExported);
    return evaluationsReply(rows, today, actor.userId);
  }),

  on(evaluations.read, async (ctx, { params }) => readDetail(ctx, params.evaluationId)),
  on(evaluations.leaf, async (ctx, { params }) => readLeafDetail(ctx, params.evaluationId, params.code)),

  on(evaluations.trace, async (ctx, { params, query }) => readTrace(ctx, params.evaluationId, query)),

  on(evaluations.obstacles, async (ctx, { params }) => readObstacles(ctx, params.evaluationId)),

  on(evaluations.slope, async (ctx, { query }) => readSlope(ctx, query)),
];
