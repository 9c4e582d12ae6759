import { dayInChina } from '#domain/kit/school-year.ts';
import { endSessionsByPost, endSessionsOf, revokeTokensOf, revokeTokensOfPost } from '../account/accounts.store.ts';
import type { Context } from '../serve.ts';
import { recordOfEndedStandIn } from './ended-rights.shape.ts';
import { revokeGrant, type StandingPost } from './grants.store.ts';
import { endGroundlessStandIns } from './stand-ins.store.ts';

/** Takes a post of a locked person away, with the sessions, tokens, assignments and stand-ins that rest on it. */
export async function takePost(ctx: Context, post: StandingPost): Promise<void> {
  await revokeGrant(ctx.db, post.grantId, ctx.actor.userId, ctx.now);
  await endSessionsByPost(ctx.db, [post.personId], ctx.now);
  await revokeTokensOfPost(ctx.db, post.grantId, ctx.now);
  await endStandInsWithout(ctx, post.personId);
}

/** Ends what a locked person whose account was disabled could still act with. */
export async function endRights(ctx: Context, personId: string): Promise<void> {
  await endSessionsOf(ctx.db, personId, ctx.now);
  await revokeTokensOf(ctx.db, personId, ctx.now);
  await endStandInsWithout(ctx, personId);
}

/** Nobody acts for another, or is acted for, on a right that is gone. Each arrangement that ends is recorded. */
async function endStandInsWithout(ctx: Context, personId: string): Promise<void> {
  const given = { by: ctx.actor.userId, now: ctx.now, today: dayInChina(ctx.now) };
  const ended = await endGroundlessStandIns(ctx.db, personId, given);
  await ctx.recordAll(ended.map(recordOfEndedStandIn));
}
