import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { findAnyOf } from './campaign-evaluations.store.ts';

/** The edition of a campaign, with one of its evaluations; undefined where none is in reach. */
export async function editionOfCampaign(ctx: EvaluationContext, campaignId: string) {
  const any = await findAnyOf(ctx.db, ctx.scope, campaignId, ctx.actor.userId);
  if (any === undefined) return undefined;
  // A leaf that one subject has from its last round is no leaf of the others.
  const { prepared } = await editionOf(ctx.db, { ...any, generated: null });
  return { any, prepared };
}
