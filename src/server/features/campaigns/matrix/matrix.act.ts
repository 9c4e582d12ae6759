import type { z } from 'zod';
import type { heat, matrixRow } from '#contract/campaigns/campaigns.ts';
import { lateDays } from '#domain/evaluation/campaign/timetable.ts';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import { branchPoints } from '#domain/evaluation/points/branch-points.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { withLeavesFor } from '#domain/framework/score/generated-leaves.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { type CampaignContext, editionOf } from '../campaign.act.ts';
import type { Campaign } from '../campaign.store.ts';
import {
  countScored,
  findMatrix,
  listLeafPoints,
  listLeavesOut,
  listStepDays,
  type MatrixRow,
} from '../list/campaign.list.store.ts';

/** Rows of the matrix with the days of their steps. */
export async function presentMatrix(
  ctx: CampaignContext,
  campaign: Campaign,
  rows: readonly MatrixRow[],
): Promise<z.input<typeof matrixRow>[]> {
  const ids = rows.map(({ evaluationId }) => evaluationId);
  const days = await listStepDays(ctx.db, ctx.scope, ids);
  const scored = await countScored(ctx.db, campaign, ids);
  const isRunning = campaign.state === 'open';
  return rows.map(({ placeId: _, generated: _problems, dueOn, ...row }) => ({
    ...row,
    steps: (days.get(row.evaluationId) ?? []).map(({ evaluationId: _of, ...step }) => step),
    // What was left open when a campaign ended is nobody's work any more.
    lateDays: dueOn === null || !isRunning || isOver(row.state) ? null : lateDays({ to: dueOn }, null, ctx.today),
    scored: scored.get(row.evaluationId) ?? 0,
  }));
}

const isOver = (state: EvaluationState) => state === 'closed' || state === 'cancelled';

/** As many rows as a picture shows. */
const mostRows = 2000;

/** What each subject got at each branch. A branch that is not judged whole has no points: nothing is no zero. */
export async function heatOf(
  ctx: CampaignContext,
  campaign: Campaign,
  layer: 'self' | 'county' | 'city',
): Promise<z.input<typeof heat.output>> {
  const prepared = await editionOf(ctx, campaign);
  const question = { campaignId: campaign.id, filter: {}, today: ctx.today };
  const rows = await findMatrix(ctx.db, ctx.scope, question, mostRows);
  const points = new Map(rows.map(({ evaluationId }) => [evaluationId, new Map<string, string>()]));
  const ids = [...points.keys()];
  for (const one of await listLeafPoints(ctx.db, ctx.scope, campaign, layer, ids)) {
    points.get(one.evaluationId)?.set(one.code, one.points);
  }
  const out = new Map(ids.map((id) => [id, new Set<string>()]));
  for (const { evaluationId, code } of await listLeavesOut(ctx.db, ctx.scope, layer, ids)) {
    out.get(evaluationId)?.add(code);
  }
  // Where branches are filled from the last rounds, how many leaves a subject has there hangs on its problems alone.
  const own = new Map<number | null, Prepared>();
  const editionFor = (count: number | null): Prepared => {
    const known = own.get(count) ?? withLeavesFor(prepared, count);
    own.set(count, known);
    return known;
  };
  const text = (value: Exact | null) => (value === null ? null : exactText(value, prepared.edition.decimals));
  return {
    branches: branchPoints(prepared, new Map()).map(({ code, max }) => ({
      ...{ code, title: prepared.byCode.get(code)?.title ?? null, max: text(max) },
    })),
    rows: rows.map(({ evaluationId, name, generated }) => ({
      ...{ evaluationId, name },
      cells: branchPoints(editionFor(generated), points.get(evaluationId)!, out.get(evaluationId)).map((cell) => ({
        ...{ code: cell.code, points: text(cell.points), max: text(cell.max) },
      })),
    })),
  };
}
