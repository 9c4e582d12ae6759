import type { z } from 'zod';
import * as posts from '#contract/session/posts.ts';
import { findPerson } from '#core/access/account/accounts.store.ts';
import { recordOfEndedStandIn } from '#core/access/grant/ended-rights.shape.ts';
import { findPost, listPostsHeldBy, type StandingPost } from '#core/access/grant/grants.store.ts';
import {
  endStandIn,
  findStandIn,
  insertStandIn,
  listColleaguesAt,
  listStandInsOf,
  type StandInRow,
} from '#core/access/grant/stand-ins.store.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { standInRefusal } from '#domain/access/stand-in.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { listPostPlaces } from './session.store.ts';

/** One's own posts, and standing in (代办) for colleagues. */
export const postRoutes = [
  serve(posts.list, async (ctx) => {
    const personId = ctx.actor.userId;
    const [own, standIns] = [await listPostsHeldBy(ctx.db, personId), await listStandInsOf(ctx.db, personId, ctx.now)];
    const places = await listPostPlaces(ctx.db, own);
    return {
      posts: own.map((post) => ({
        grantId: post.grantId,
        roleName: post.name,
        placeName: places.get(post.grantId) ?? null,
        canGive: !post.separated,
        standIns: standIns.filter((one) => one.grantId === post.grantId).map(shapeOf),
      })),
      held: standIns.filter((one) => one.personId === personId).map(shapeOf),
    };
  }),

  serve(posts.colleagues, async (ctx, { params }) => {
    const post = await givable(ctx, params.grantId);
    return { rows: await listColleaguesAt(ctx.db, post, post.personId) };
  }),

  serve(posts.giveStandIn, async (ctx, { params, body }) => {
    const seen = await givable(ctx, params.grantId);
    // If somebody takes this post back at the same time, or gives the colleague a separated one, the locks on both people
    // make one act wait for the other. Behind the other act, this one finds the posts as they are then.
    const locked = new Map<string, Awaited<ReturnType<typeof findPerson>>>();
    for (const id of [seen.personId, body.personId].sort()) locked.set(id, await findPerson(ctx.db, id, true));
    const post = await givable(ctx, params.grantId);
    const person = locked.get(body.personId);
    if (person === undefined || person.status !== 'active') throw problem('thing.notFound', { what: '个人员' });
    // The arrangement would begin by itself with the account, long after anybody thinks of it.
    if (locked.get(seen.personId)?.status !== 'active') {
      throw problem('access.standInRefused', { reason: '这个岗位的账户已停用，启用后再交他人代办。' });
    }
    const held = await listPostsHeldBy(ctx.db, person.id);
    const reason = standInRefusal({
      role: post,
      holderId: post.personId,
      personId: person.id,
      // Posts of a campaign have neither unit nor school, and nobody is a colleague by that.
      samePlace:
        (post.unitId !== null || post.schoolId !== null) &&
        held.some((one) => one.unitId === post.unitId && one.schoolId === post.schoolId),
      separated: held.some((one) => one.separated),
      passwordChosen: person.passwordChangedAt !== null && !person.mustChangePassword,
      passwordByOne: person.passwordLinkBy !== null,
      today: dayInChina(ctx.now),
      until: body.until,
    });
    if (reason !== null) throw problem('access.standInRefused', { reason });
    // Both people are locked, so that nobody adds one between.
    assertRoomFor('standIns', (await listStandInsOf(ctx.db, seen.personId, ctx.now)).length);
    const id = newId();
    await insertStandIn(ctx.db, {
      ...{ id, grantId: post.grantId, personId: person.id, until: body.until },
      ...{ by: ctx.actor.userId, now: ctx.now },
    });
    await ctx.record({
      action: 'post.standInGiven',
      objectType: 'post',
      objectId: post.grantId,
      after: { standIn: id, person: person.name, role: post.name, until: body.until },
    });
    return { id };
  }),

  serve(posts.endStandIn, async (ctx, { params }) => {
    const standIn = await findStandIn(ctx.db, params.standInId, ctx.now);
    const mine =
      standIn !== undefined &&
      (standIn.personId === ctx.actor.userId ||
        standIn.principalId === ctx.actor.userId ||
        holds(ctx.actor, 'role.grant'));
    if (!mine || !(await endStandIn(ctx.db, standIn.id, ctx.actor.userId, ctx.now))) {
      throw problem('thing.notFound', { what: '项代办' });
    }
    await ctx.record(recordOfEndedStandIn(standIn));
    return { done: true as const };
  }),
];

/** A post that this person may give away: an own one, or any for the 安全管理员. No stand-in gives on what is lent. */
async function givable(ctx: Context, grantId: string): Promise<StandingPost> {
  const post = await findPost(ctx.db, grantId);
  const mine = post !== undefined && (post.personId === ctx.actor.userId || holds(ctx.actor, 'role.grant'));
  if (!mine) throw problem('thing.notFound', { what: '个岗位' });
  return post;
}

function shapeOf(row: StandInRow): z.input<typeof posts.standIn> {
  return {
    id: row.id,
    grantId: row.grantId,
    personName: row.personName,
    principalName: row.principalName,
    roleName: row.roleName,
    placeName: row.placeName,
    until: row.until,
    givenAt: row.givenAt.toISOString(),
  };
}
