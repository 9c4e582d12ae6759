import type { z } from 'zod';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { exact } from '#domain/kit/decimal.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { dueOf, readDetail } from './detail.act.ts';
import { evaluationsReply } from './evaluation.workbook.ts';
import { readLeafDetail } from './leaf-detail.act.ts';
import { findEvaluations, type ListedEvaluation, listEvaluations, listSlopes } from './list.store.ts';

import { readObstacles } from './obstacles.act.ts';
import { readTrace } from './trace.act.ts';

const on = serving<EvaluationHandle>();

/** As many rows as a file has at most, and subjects in one picture. */
const mostExported = 20_000;
const mostInPicture = 4000;

function shownSummary(row: ListedEvaluation, today: Day): z.output<typeof evaluations.evaluationSummary> {
  return { ...row, ...dueOf(row.due, today) };
}

export const readingRoutes = [
  on(evaluations.list, async (ctx, { query }) => {
    const { actor, today } = ctx;
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

  on(evaluations.slope, async (ctx, { query }) => {
    const rows = await listSlopes(ctx.db, ctx.scope, query, mostInPicture);
    const [first] = rows;
    const edition = first === undefined ? undefined : (await editionOf(ctx.db, first)).prepared.edition;
    const max = edition?.max ?? null;
    return {
      max: edition === undefined || max === null ? null : exactText(exact(max), edition.decimals),
      rows: rows.map(({ evaluationId, name, from, to }) => ({ evaluationId, name, from, to })),
    };
  }),
];
