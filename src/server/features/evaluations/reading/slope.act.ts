import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput, RouteReply } from '#contract/route.ts';
import { exactPointsText } from '#domain/evaluation/points/score.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { exact, isZero } from '#domain/kit/decimal.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { editionOfCampaign, maximaOf } from '../round/campaign-edition.act.ts';
import { listSlopes } from './list.store.ts';

/** Subjects in one picture, at most. */
const mostInPicture = 4000;

/** Two layers of every subject of a campaign: their whole totals, and what both have at the same leaves. */
export async function readSlope(
  ctx: EvaluationContext,
  query: RouteInput<typeof evaluations.slope>['query'],
): Promise<RouteReply<typeof evaluations.slope>> {
  const found = await editionOfCampaign(ctx, query.campaignId);
  if (found === undefined) return { max: null, rows: [] };
  const { prepared } = found;
  const { max, decimals } = prepared.edition;
  const maxima = (await maximaOf(ctx, prepared, query.campaignId)).flatMap(({ max: most, ...leaf }) =>
    isZero(most) ? [] : [{ ...leaf, max: exactPointsText(most) }],
  );
  const rows = await listSlopes(ctx.db, ctx.scope, query, { maxima, most: mostInPicture });
  return {
    max: max === null ? null : exactText(exact(max), decimals),
    rows: rows.map(({ evaluationId, name, from, to, both }) => ({
      ...{ evaluationId, name, from, to },
      both: both.leaves === 0 ? null : both,
    })),
  };
}
