import * as people from '#contract/people/people.ts';
import { endSessionsByPost, findPerson } from '#core/access/account/accounts.store.ts';
import {
  findGrantPlace,
  findRole,
  findSection,
  insertGrant,
  listPostsHeldBy,
  type StandingPost,
  updateGrantSection,
} from '#core/access/grant/grants.store.ts';
import { takePost } from '#core/access/grant/losing-right.act.ts';
import { type Context, serve } from '#core/access/serve.ts';
import {
  grantRefusal,
  holdsPost,
  passwordRefusal,
  sectionRefusal,
  unsectionedRefusal,
} from '#domain/access/separation.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { assertNotLast, rolesInHand } from './people.act.ts';
import { recordOfPerson } from './people.audit.shape.ts';

/** Giving and taking posts: the business of the 安全管理员 alone. */
export const grantRoutes = [
  serve(people.grantRole, async (ctx, { params, body }) => {
    // The row of the person is locked: if two people grant at once, the second sees the first grant.
    const person = await findPerson(ctx.db, params.personId, true);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    const role = await findRole(ctx.db, body.role);
    if (role === undefined) throw problem('thing.notFound', { what: '个角色' });
    const named = body.unitId !== null || body.schoolId !== null;
    const place = named ? await findGrantPlace(ctx.db, body.unitId, body.schoolId) : null;
    if (named && place === null) throw problem('thing.notFound', { what: '个单位或学校' });
    const held = await listPostsHeldBy(ctx.db, person.id);
    const inHand = await rolesInHand(ctx, person.id);
    const section = await sectionOf(ctx, body.sectionId);
    const at = { unitId: place?.unitId ?? null, schoolId: place?.schoolId ?? null, sectionId: body.sectionId };
    const wanted = { key: role.key, ...at };
    const reason =
      grantRefusal(
        role,
        { unitLevel: place?.unitLevel ?? null, schoolId: at.schoolId },
        inHand,
        person.id === ctx.actor.userId,
      ) ??
      (section === null ? null : sectionRefusal(section, at.unitId)) ??
      (holdsPost(held, wanted) ? '此人已有这个岗位，无须再次授予。' : unsectionedRefusal(held, wanted));
    ctx.authorize(reason === null, problem('access.grantRefused', { reason: reason ?? '' }));
    if (person.status !== 'active') throw problem('access.grantRefused', { reason: '账户已停用，不能授予角色。' });
    const origin = {
      passwordChosen: person.passwordChangedAt !== null && !person.mustChangePassword,
      passwordByOne: person.passwordLinkBy !== null,
    };
    const refused = passwordRefusal(role, origin, false);
    if (refused !== null) throw problem('access.grantRefused', { reason: refused });
    const grantId = newId();
    await insertGrant(ctx.db, {
      ...{ id: grantId, personId: person.id, role: role.key, ...at },
      ...{ grantedBy: ctx.actor.userId, now: ctx.now },
    });
    // A post more is chosen at a sign-in. The first one is at work at once.
    if (inHand.length > 0) await endSessionsByPost(ctx.db, [person.id], ctx.now);
    await ctx.record(
      recordOfPerson(person.id, 'role.granted', {
        before: null,
        after: {
          role: role.key,
          unitId: body.unitId,
          schoolId: body.schoolId,
          place: place?.name ?? null,
          sectionId: body.sectionId,
          section: section?.name ?? null,
          post: grantId,
        },
      }),
    );
    return { done: true as const };
  }),

  serve(people.setSection, async (ctx, { params, body }) => {
    const person = await findPerson(ctx.db, params.personId, true);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    const held = await listPostsHeldBy(ctx.db, person.id);
    const post = held.find(({ grantId }) => grantId === params.grantId);
    if (post === undefined) throw problem('thing.notFound', { what: '个岗位' });
    if (post.sectionId === body.sectionId) throw problem('thing.nothingChanges', { what: '岗位的科室' });
    const section = await sectionOf(ctx, body.sectionId);
    const others = held.filter(({ grantId }) => grantId !== post.grantId);
    const wanted = { key: post.key, unitId: post.unitId, schoolId: post.schoolId, sectionId: body.sectionId };
    const reason =
      (section === null ? null : sectionRefusal(section, post.unitId)) ??
      (holdsPost(others, wanted) ? '此人在该科室已有这个岗位；不再需要的，请收回其中一个。' : null);
    if (reason !== null) throw problem('access.grantRefused', { reason });
    const before = post.sectionId === null ? null : await findSection(ctx.db, post.sectionId);
    await updateGrantSection(ctx.db, post.grantId, body.sectionId);
    const told = { role: post.key, post: post.grantId };
    await ctx.record(
      recordOfPerson(person.id, 'role.sectionChanged', {
        before: { ...told, sectionId: post.sectionId, section: before?.name ?? null },
        after: { ...told, sectionId: body.sectionId, section: section?.name ?? null },
      }),
    );
    return { done: true as const };
  }),

  serve(people.revokeRole, async (ctx, { params, query }) => {
    const person = await findPerson(ctx.db, params.personId, true);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    const post = wantedPost(await listPostsHeldBy(ctx.db, person.id), query.grantId);
    await assertNotLast(ctx, person.id, post.grantId);
    await takePost(ctx, post);
    await ctx.record(
      recordOfPerson(person.id, 'role.revoked', {
        before: {
          ...{ role: post.key, unitId: post.unitId, schoolId: post.schoolId, sectionId: post.sectionId },
          post: post.grantId,
        },
        after: null,
      }),
    );
    return { done: true as const };
  }),
];

/** The unit that is named as the section of a post; null where none is named. */
async function sectionOf(ctx: Context, sectionId: number | null) {
  if (sectionId === null) return null;
  const section = await findSection(ctx.db, sectionId);
  if (section === undefined) throw problem('thing.notFound', { what: '个科室' });
  return section;
}

function wantedPost(posts: readonly StandingPost[], grantId: string | undefined): StandingPost {
  if (posts.length === 0) throw problem('access.grantRefused', { reason: '此人现在没有角色。' });
  if (grantId === undefined && posts.length > 1) throw problem('access.postUnclear');
  const post = grantId === undefined ? posts[0] : posts.find((one) => one.grantId === grantId);
  if (post === undefined) throw problem('thing.notFound', { what: '个岗位' });
  return post;
}
