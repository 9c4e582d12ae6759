import * as people from '#contract/people/people.ts';
import {
  deleteFailures,
  deleteSecondFactor,
  personRevised,
  updateMobile,
  updatePerson,
  updatePersonStatus,
} from '#core/access/account/account-changes.store.ts';
import { endSessionsOf, findPerson, revokeTokensOf } from '#core/access/account/accounts.store.ts';
import { createAccount, linkPath, passwordLinkMinutes } from '#core/access/account/accounts.ts';
import { insertLink } from '#core/access/account/links.store.ts';
import { findOwnData, type OwnDataHandle } from '#core/access/account/own-data.store.ts';
import { ownDataReply } from '#core/access/account/own-data.workbook.ts';
import { administratorLink } from '#core/access/account/set-up.ts';
import { endRights } from '#core/access/grant/losing-right.act.ts';
import { listStandInsOf } from '#core/access/grant/stand-ins.store.ts';
import { putPassword, type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import { type Context, serve, serving } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { maskedMobile } from '#domain/access/mobile.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { needsTwoPeople } from '#domain/access/separation.ts';
import { problem } from '#domain/kit/problem.ts';
import { assertNotLast, rolesInHand } from './people.act.ts';
import { recordOfPerson, recordOfRole } from './people.audit.shape.ts';
import { detailOf, summaryOf } from './people.shape.ts';
import { findPersonDetail, listPeople, listPlaces, listPostsOf, listRoles } from './people.store.ts';

/** Accounts, as the 系统管理员 keeps them and the 安全管理员 looks at them. */
export const peopleRoutes = [
  serve(people.list, async (ctx, { query }) => {
    const { rows, total } = await listPeople(ctx.db, query, ctx.now);
    const posts = await listPostsOf(
      ctx.db,
      rows.map((row) => row.id),
    );
    return { rows: rows.map((row) => summaryOf(row, posts)), total };
  }),

  serve(people.read, async (ctx, { params }) => {
    const person = await findPersonDetail(ctx.db, params.personId, ctx.now);
    if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
    const grants = await listPostsOf(ctx.db, [person.id]);
    const standIns = await listStandInsOf(ctx.db, person.id, ctx.now);
    return detailOf(person, { grants, standIns, held: await rolesInHand(ctx, person.id) }, ctx.actor);
  }),

  serve(
    people.create,
    async (ctx, { body }, first: ReadyPassword) => {
      const account = await createAccount(ctx.db, {
        name: body.name,
        username: body.username,
        phone: body.phone ?? null,
        first,
        createdBy: ctx.actor.userId,
        now: ctx.now,
      });
      await ctx.record(
        recordOfPerson(account.personId, 'person.created', {
          after: { username: account.username, name: body.name, first: body.first },
        }),
      );
      return { ...handed(account), personId: account.personId };
    },
    ({ body }) => readyFirst(body.first),
  ),

  serve(people.update, async (ctx, { params, body }) => {
    const person = await load(ctx, params.personId);
    const [initials = ''] = await initialsOf([body.name]);
    const phone = body.phone?.trim() || null;
    const change = { name: body.name, initials, phone, revision: body.revision, now: ctx.now };
    if (!(await updatePerson(ctx.db, person.id, change))) {
      throw await changedMeanwhile(ctx, '这个账户', { id: person.id }, personRevised);
    }
    // The stale reader is told first that somebody else has written.
    if (body.name === person.name && phone === person.phone) {
      throw problem('thing.nothingChanges', { what: '姓名和电话' });
    }
    await ctx.record(
      recordOfPerson(person.id, 'person.updated', {
        before: { name: person.name, phone: person.phone },
        after: { name: body.name, phone },
      }),
    );
    return { done: true as const };
  }),

  serve(people.setMobile, async (ctx, { params, body: { mobile } }) => {
    const person = await load(ctx, params.personId);
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    if (mobile === person.mobile && person.mobileAsked === null)
      throw problem('thing.nothingChanges', { what: '手机号' });
    if (mobile !== null && person.mobileAsked !== null && person.mobileAsked !== mobile) {
      throw problem('access.mobileDiffers');
    }
    if (!(await updateMobile(ctx.db, person.id, mobile, ctx.now))) {
      throw problem('thing.exists', { what: `手机号 ${maskedMobile(mobile ?? '')} 的账户` });
    }
    await ctx.record(
      recordOfPerson(person.id, 'person.mobileSet', {
        before: { mobile: person.mobile && maskedMobile(person.mobile) },
        after: { mobile: mobile && maskedMobile(mobile) },
      }),
    );
    return { done: true as const };
  }),

  serving<OwnDataHandle>()(people.exportData, async (ctx, { params, body }) => {
    const data = await findOwnData(ctx.db, params.personId);
    if (data === undefined) throw problem('thing.notFound', { what: '账户' });
    await ctx.record(recordOfPerson(data.account.id, 'person.dataExported', { after: { reason: body.reason } }));
    return ownDataReply(data, ctx.now, ctx.actor.userId);
  }),

  serve(
    people.resetPassword,
    async (ctx, { params, body }, ready: ReadyPassword) => {
      const person = await load(ctx, params.personId);
      ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
      await assertOneMay(ctx, person.id);
      // The old password ends at once, also where the link is never opened.
      await putPassword(ctx.db, person.id, ready, ctx.now, ready.shown === null ? undefined : ctx.actor.userId);
      const link = ready.shown === null ? await passwordLink(ctx, person.id) : null;
      await endSessionsOf(ctx.db, person.id, ctx.now);
      // A person who lost the password may also have lost the tokens made with it.
      await revokeTokensOf(ctx.db, person.id, ctx.now);
      await deleteFailures(ctx.db, person.username);
      await ctx.record(
        recordOfPerson(person.id, 'person.passwordReset', { fields: ['password'], after: { first: body.first } }),
      );
      return handed({ link: link?.path ?? null, password: ready.shown, expiresAt: link?.expiresAt ?? null });
    },
    ({ body }) => readyFirst(body.first),
  ),

  serve(people.setStatus, async (ctx, { params, body }) => {
    const person = await load(ctx, params.personId);
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    if (body.status === person.status) throw problem('thing.nothingChanges', { what: '账户状态' });
    await (body.status === 'disabled' ? assertNotLast(ctx, person.id) : assertOneMay(ctx, person.id));
    await updatePersonStatus(ctx.db, person.id, body.status, ctx.now);
    if (body.status === 'disabled') await endRights(ctx, person.id);
    await ctx.record(
      recordOfPerson(person.id, body.status === 'disabled' ? 'person.disabled' : 'person.enabled', {
        before: { status: person.status },
        after: { status: body.status },
      }),
    );
    return { done: true as const };
  }),

  serve(people.unlock, async (ctx, { params }) => {
    const person = await load(ctx, params.personId);
    await deleteFailures(ctx.db, person.username);
    await ctx.record(recordOfPerson(person.id, 'person.unlocked'));
    return { done: true as const };
  }),

  serve(people.endSessions, async (ctx, { params }) => {
    const person = await load(ctx, params.personId);
    const ended = await endSessionsOf(ctx.db, person.id, ctx.now, ctx.sessionId);
    await ctx.record(recordOfPerson(person.id, 'person.sessionsEnded', { after: { ended } }));
    return { done: true as const };
  }),

  serve(people.removeSecondFactor, async (ctx, { params }) => {
    const person = await load(ctx, params.personId);
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    if (person.secondFactorEnabled !== true) throw problem('access.secondFactorState', { enabled: false });
    await assertOneMay(ctx, person.id);
    await deleteSecondFactor(ctx.db, person.id, ctx.now);
    await endSessionsOf(ctx.db, person.id, ctx.now);
    await revokeTokensOf(ctx.db, person.id, ctx.now);
    await ctx.record(recordOfPerson(person.id, 'person.secondFactorRemoved'));
    return { done: true as const };
  }),

  serve(people.inviteAdministrator, async (ctx, { body }) => {
    const { path, expiresAt } = await administratorLink(ctx.db, body.role, ctx.actor.userId, ctx.now);
    await ctx.record(recordOfRole(body.role, 'person.invited'));
    return { link: path, expiresAt: expiresAt.toISOString() };
  }),

  serve(people.roles, async (ctx) => {
    const rows = await listRoles(ctx.db);
    return {
      rows: rows.map((row) => ({
        ...row,
        level: row.level,
        permissions: row.permissions as Permission[],
        people: row.people ?? 0,
      })),
    };
  }),

  serve(people.places, async (ctx, { query }) => {
    return { rows: await listPlaces(ctx.db, query) };
  }),
];

async function load(ctx: Context, personId: string) {
  const person = await findPerson(ctx.db, personId, true);
  if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
  return person;
}

/** An act that would let the 系统管理员 into an account is refused if the account's role needs two people. */
async function assertOneMay(ctx: Context, personId: string): Promise<void> {
  const role = (await rolesInHand(ctx, personId)).find(needsTwoPeople);
  if (role !== undefined) throw problem('access.roleHeld', { role: role.name });
}

async function passwordLink(ctx: Context, personId: string): Promise<{ path: string; expiresAt: Date }> {
  const terms = { now: ctx.now, minutes: passwordLinkMinutes, createdBy: ctx.actor.userId };
  const { token, expiresAt } = await insertLink(ctx.db, { purpose: 'password', personId }, terms);
  return { path: linkPath(token), expiresAt };
}

function handed(account: { link: string | null; password: string | null; expiresAt: Date | null }) {
  return {
    link: account.link,
    password: account.password,
    expiresAt: account.expiresAt?.toISOString() ?? null,
  };
}
