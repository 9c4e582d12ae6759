import * as session from '#contract/session/session.ts';
import {
  endOtherSessionsOf,
  findPerson,
  getAccessSettings,
  revokeTokensOf,
} from '#core/access/account/accounts.store.ts';
import { listPostsHeldBy } from '#core/access/grant/grants.store.ts';
import { listStandInsOf } from '#core/access/grant/stand-ins.store.ts';
import { assertOwnPassword, signedPerson } from '#core/access/password/own-password.ts';
import { putPassword, readyChosen } from '#core/access/password/passwords.ts';
import { type Context, serve, serveRaw } from '#core/access/serve.ts';
import { ownSessionOf, SESSION_COOKIE } from '#core/access/session/session.ts';
import { deleteOwnSession, updateSessionPost } from '#core/access/session/session-changes.store.ts';
import { sourceOf, writing } from '#core/access/sign-in/proof.ts';
import { passSecondFactor, signIn } from '#core/access/sign-in/sign-in.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { isUnassigned } from '#domain/access/actor.ts';
import { isPasswordDue, passwordRules } from '#domain/access/password.ts';
import { opensYear, type Permission } from '#domain/access/permissions.ts';
import { problem } from '#domain/kit/problem.ts';
import { proofRequestOf, recordOfSession } from './session.act.ts';
import { findGuesses, findSessionPlace, listAskedFor, listOwnSessions, listPostPlaces } from './session.store.ts';

/** The posts in which the person can work, own ones first, and the own ones in which a colleague stands in. */
async function postsOf({ db, actor, now }: Context) {
  const own = await listPostsHeldBy(db, actor.userId);
  const places = await listPostPlaces(db, own);
  const standIns = await listStandInsOf(db, actor.userId, now);
  const lent = standIns.filter((one) => one.personId === actor.userId);
  return {
    posts: [
      ...own.map((post) => ({
        ...{ grantId: post.grantId, standInId: null, role: post.key, roleName: post.name },
        ...{ placeName: places.get(post.grantId) ?? null, principalName: null, until: null },
      })),
      ...lent.map((one) => ({
        ...{ grantId: one.grantId, standInId: one.id, role: one.role, roleName: one.roleName },
        ...{ placeName: one.placeName, principalName: one.principalName, until: one.until },
      })),
    ],
    given: standIns
      .filter((one) => one.principalId === actor.userId)
      .map(({ id, personName, roleName, until }) => ({ id, personName, roleName, until })),
  };
}

/** Signing in and out, one's own password and one's own sessions. */
export const sessionRoutes = [
  serveRaw(session.signIn, async (raw, { body }) => {
    const opened = await signIn(raw.services.auth, proofRequestOf(raw), body);
    for (const cookie of opened.cookies) raw.setCookie(cookie);
    return { state: opened.state };
  }),

  serveRaw(session.passSecondFactor, async (raw, { body }) => {
    const opened = await passSecondFactor(raw.services.auth, proofRequestOf(raw), body);
    for (const cookie of opened.cookies) raw.setCookie(cookie);
    return { state: opened.state };
  }),

  serve(session.choosePost, async (ctx, { body }) => {
    const sessionId = ownSessionOf(ctx);
    const { posts } = await postsOf(ctx);
    const post = posts.find((one) => one.grantId === body.grantId && one.standInId === body.standInId);
    if (post === undefined) throw problem('access.postChanged');
    await updateSessionPost(ctx.db, sessionId, body);
    const after = { ...body, role: post.role, place: post.placeName, principal: post.principalName };
    await ctx.record(recordOfSession(sessionId, 'session.postChosen', { after }));
    return { done: true as const };
  }),

  serve(session.signOut, async (ctx) => {
    const sessionId = ownSessionOf(ctx);
    await deleteOwnSession(ctx.db, ctx.actor.userId, sessionId);
    await ctx.record(recordOfSession(sessionId, 'session.ended'));
    ctx.setCookie(`${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`);
    return { done: true as const };
  }),

  serve(session.rights, async (ctx) => {
    const askedFor = await listAskedFor(ctx.db, ['role.grant', 'people.manage', opensYear]);
    return {
      assigned: !isUnassigned(ctx.actor, ctx.scope),
      grantors: askedFor('role.grant'),
      managers: askedFor('people.manage'),
      openers: askedFor(opensYear),
    };
  }),

  serve(session.read, async (ctx) => {
    const { actor, scope } = ctx;
    const settings = await getAccessSettings(ctx.db);
    const person = await findPerson(ctx.db, actor.userId);
    if (person === undefined) throw problem('session.missing');
    const place = await findSessionPlace(ctx.db, actor, scope);
    const changed = person.passwordChangedAt;
    const age = changed === null ? 0 : (ctx.now.getTime() - changed.getTime()) / 86_400_000;
    const enabled = person.secondFactorEnabled === true;
    return {
      person: { id: actor.userId, username: actor.username, name: actor.name },
      role: { key: actor.role, name: place.roleName, level: actor.level },
      post: actor.post,
      ...(await postsOf(ctx)),
      permissions: [...actor.permissions] as Permission[],
      unit: place.path.at(-1) ?? null,
      path: place.path,
      school: place.school,
      counties: place.counties,
      mustChangePassword: person.mustChangePassword || isPasswordDue(changed, settings.value.passwordDays, ctx.now),
      mustEnrolSecondFactor: settings.value.secondFactor && place.secondFactor && !enabled,
      secondFactorEnabled: enabled,
      passwordDaysLeft: Math.floor(settings.value.passwordDays - age),
      idleMinutes: settings.value.idleMinutes,
      guessed: ctx.sessionId === null ? null : await findGuesses(ctx.db, ctx.sessionId),
      sample: ctx.sample,
    };
  }),

  serveRaw(session.changePassword, async (raw, { body }) => {
    const request = proofRequestOf(raw);
    const signed = signedPerson(raw.signed);
    const { actor, sessionId } = signed;
    await assertOwnPassword(request, signed, body.current);
    const ready = await readyChosen(request, { id: actor.userId, username: actor.username }, body.next);
    await writing(request, async (db) => {
      await putPassword(db, actor.userId, ready, raw.now);
      await endOtherSessionsOf(db, actor.userId, raw.now, sessionId, 'password');
      // A person who doubts the password also doubts the tokens made with it.
      await revokeTokensOf(db, actor.userId, raw.now);
      await recordAudit(db, sourceOf(request, actor), {
        action: 'person.passwordChosen',
        objectType: 'person',
        objectId: actor.userId,
        after: { rule: `${passwordRules.minimumLength}/${passwordRules.minimumClasses}` },
        fields: ['password'],
      });
    });
    return { done: true as const };
  }),

  serve(session.list, async (ctx) => {
    const { value } = await getAccessSettings(ctx.db);
    const alive = new Date(ctx.now.getTime() - value.idleMinutes * 60_000);
    const rows = await listOwnSessions(ctx.db, ctx.actor.userId, ctx.now, alive);
    return {
      rows: rows.map((row) => ({
        id: row.id,
        address: row.address,
        userAgent: row.userAgent,
        startedAt: row.startedAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        current: row.id === ctx.sessionId,
      })),
    };
  }),

  serve(session.end, async (ctx, { params }) => {
    if (!(await deleteOwnSession(ctx.db, ctx.actor.userId, params.sessionId))) {
      throw problem('thing.notFound', { what: '个登录' });
    }
    await ctx.record(recordOfSession(params.sessionId, 'session.ended'));
    return { done: true as const };
  }),
];
