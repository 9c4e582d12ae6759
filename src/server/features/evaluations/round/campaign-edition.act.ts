import type { Code } from '#domain/framework/edition.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { generatesLeaves, withLeavesFor } from '#domain/framework/score/generated-leaves.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { findAnyOf, listProblemCounts } from './campaign-evaluations.store.ts';

/** The edition of a campaign, with one of its evaluations; undefined where none is in reach. */
export async function editionOfCampaign(ctx: EvaluationContext, campaignId: string) {
  const any = await findAnyOf(ctx.db, ctx.scope, campaignId, ctx.actor.userId);
  if (any === undefined) return undefined;
  // A leaf that one subject has from its last round is no leaf of the others.
  const { prepared } = await editionOf(ctx.db, { ...any, generated: null });
  return { any, prepared };
}

/** What a leaf is worth. A leaf from the last round has its share of the branch by how many problems it has; null where none are kept. */
export interface LeafMax {
  readonly problems: number | null;
  readonly code: Code;
  readonly max: Exact;
}

/** What the leaves of a campaign are worth, those of its subjects' last rounds too. */
export async function maximaOf(ctx: EvaluationContext, prepared: Prepared, campaignId: string): Promise<LeafMax[]> {
  const counts = generatesLeaves(prepared) ? await listProblemCounts(ctx.db, ctx.scope, campaignId) : [null];
  return counts.flatMap((problems) =>
    withLeavesFor(prepared, problems).leaves.flatMap(({ indicator }) => {
      const max = maxOf(indicator);
      return max === null ? [] : [{ problems, code: indicator.code, max }];
    }),
  );
}
