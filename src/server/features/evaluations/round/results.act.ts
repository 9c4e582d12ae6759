import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteReply } from '#contract/route.ts';
import { ranksOf, readExactPoints } from '#domain/evaluation/points/score.ts';
import { overClaimOver } from '#domain/evaluation/points/settle.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { exact, multiply, round } from '#domain/kit/decimal.ts';
import type { Paging } from '#platform/db/listing.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { editionOfCampaign, maximaOf } from './campaign-edition.act.ts';
import {
  findResults,
  listCityTotals,
  listClaimed,
  listResults,
  type ResultFilter,
  type ResultOfSubject,
} from './results.store.ts';
import { resultsReply } from './results.workbook.ts';

/** As many rows as a file has at most. */
const mostExported = 4000;
/** Decimals of an index: shares of points. */
const indexPlaces = 4;

/** The places of all subjects, whatever the filter shows; null where the edition does not allow a ranking. */
async function placesOf(ctx: EvaluationContext, prepared: Prepared, campaignId: string) {
  const all = await listCityTotals(ctx.db, ctx.scope, campaignId);
  const totals = new Map(
    all.map(({ evaluationId, total }) => [evaluationId, total === null ? null : readExactPoints(total)]),
  );
  const ranked = ranksOf(prepared, totals);
  return {
    ranks: ranked && new Map(ranked.map(({ subject, rank }) => [subject, rank])),
    conclusions: [...new Set(all.flatMap(({ conclusion }) => conclusion ?? []))].sort(),
  };
}

const withRank = (row: ResultOfSubject, ranks: ReadonlyMap<string, number> | null) => ({
  ...row,
  rank: ranks?.get(row.evaluationId) ?? null,
});

/** What came of the subjects of a campaign, with their places where the edition allows a ranking. */
export async function readResults(
  ctx: EvaluationContext,
  filter: ResultFilter & Paging,
): Promise<RouteReply<typeof evaluations.results>> {
  const found = await editionOfCampaign(ctx, filter.campaignId);
  if (found === undefined) return { rows: [], total: 0, max: null, ranks: false, ranked: 0, conclusions: [] };
  const { prepared } = found;
  const { max, decimals } = prepared.edition;
  const { ranks, conclusions } = await placesOf(ctx, prepared, filter.campaignId);
  const { rows, total } = await listResults(ctx.db, ctx.scope, filter);
  return {
    ...{ rows: rows.map((row) => withRank(row, ranks)), total },
    max: max === null ? null : exactText(exact(max), decimals),
    ...{ ranks: ranks !== null, ranked: ranks?.size ?? 0, conclusions },
  };
}

/** The same as a workbook, in the order of the list. */
export async function exportResults(ctx: EvaluationContext, filter: ResultFilter) {
  const found = await editionOfCampaign(ctx, filter.campaignId);
  const rows = await findResults(ctx.db, ctx.scope, filter, mostExported);
  const { ranks } = found === undefined ? { ranks: null } : await placesOf(ctx, found.prepared, filter.campaignId);
  return resultsReply(
    {
      ...{ title: found?.any.title ?? '评估项目', edition: found?.prepared.edition ?? null },
      isRanked: ranks !== null,
    },
    rows.map((row) => withRank(row, ranks)),
    ctx.today,
    ctx.actor.userId,
  );
}

/** How much each unit claimed beyond what was judged, over all of its subjects. */
export async function readClaims(
  ctx: EvaluationContext,
  campaignId: string,
): Promise<RouteReply<typeof evaluations.claims>> {
  const found = await editionOfCampaign(ctx, campaignId);
  if (found === undefined) return { rows: [] };
  const known = await maximaOf(ctx, found.prepared, campaignId);
  const maxima = new Map(known.map(({ problems, code, max }) => [`${problems} ${code}`, max]));
  return {
    rows: (await listClaimed(ctx.db, ctx.scope, campaignId)).map(({ unitId, name, subjects, claimed }) => {
      const leaves = claimed.flatMap(({ problems, code, self, judged, times }) => {
        const max = maxima.get(`${problems} ${code}`);
        if (max === undefined) return [];
        const all = (figure: Parameters<typeof multiply>[0]) => multiply(figure, exact(times));
        return [{ self: all(readExactPoints(self)), judged: all(readExactPoints(judged)), max: all(max), times }];
      });
      const index = overClaimOver(leaves);
      return {
        ...{ unitId, name, subjects, leaves: leaves.reduce((count, { times }) => count + times, 0) },
        index: index && round(index, indexPlaces),
      };
    }),
  };
}
