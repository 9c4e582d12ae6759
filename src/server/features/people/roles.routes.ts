import type { z } from 'zod';
import * as roles from '#contract/people/roles.ts';
import {
  insertRoleChange,
  listOtherRoleNames,
  listRoleChanges,
  listRoleNames,
  lockRole,
  type RoleChangeRow,
  roleRevised,
  updateRoleChange,
} from '#core/access/grant/roles.store.ts';
import { presentProposal } from '#core/access/proposal/proposal.shape.ts';
import { countWaitingOf } from '#core/access/proposal/proposal.store.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { type RoleContent, roleChangeRefusal, roleChangeWait } from '#domain/access/role-change.ts';
import { areApart } from '#domain/access/signing.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { rolesInHand } from './people.act.ts';
import { recordOfRole } from './people.audit.shape.ts';
import { contentForAudit, lockChange, putInForce, whatOvertook } from './role-changes.act.ts';

/** Roles are rows: a change is proposed by one 安全管理员 and confirmed by another, or waits a day. */
export const roleRoutes = [
  serve(roles.list, async (ctx) => {
    return { rows: (await listRoleChanges(ctx.db)).map((row) => shapeOf(row, ctx.actor)) };
  }),

  serve(roles.names, async (ctx, { query }) => ({ rows: await listRoleNames(ctx.db, query.permission) })),

  serve(roles.propose, async (ctx, { body }) => {
    const { role: key, revision, ...given } = body;
    const after: RoleContent = { ...given, permissions: [...new Set(given.permissions)].sort() };
    const role = key === null ? undefined : await lockRole(ctx.db, key);
    if (key !== null && role === undefined) throw problem('thing.notFound', { what: '个角色' });
    if (role !== undefined && role.revision !== revision) {
      throw await changedMeanwhile(ctx, `角色“${role.name}”`, { id: role.key }, roleRevised);
    }
    await assertMayChange(ctx, role ?? null, after, key);
    assertRoomFor('roleChanges', await countWaitingOf(ctx.db, 'role_changes', ctx.actor.userId));
    const id = newId();
    const before = role === undefined ? null : contentOf(role);
    const change = {
      ...{ id, role: key ?? `role-${id.slice(-12)}`, roleRevision: role?.revision ?? 0, before, after },
      ...{ by: ctx.actor.userId, now: ctx.now, effectiveAt: new Date(ctx.now.getTime() + roleChangeWait) },
    };
    if (!(await insertRoleChange(ctx.db, change))) {
      throw problem('access.roleChangeRefused', { reason: '这个角色已有一项改动等待确认，请先确认或否决。' });
    }
    await ctx.record(
      recordOfRole(change.role, 'role.changeProposed', {
        before: contentForAudit(before),
        after: contentForAudit(after),
      }),
    );
    return { id };
  }),

  serve(roles.confirm, async (ctx, { params }) => {
    const change = await waiting(ctx, params.changeId);
    const apart = areApart(
      { personId: change.proposedBy, principalId: null },
      { personId: ctx.actor.userId, principalId: ctx.actor.principal?.id ?? null },
    );
    ctx.authorize(
      apart,
      problem('access.roleChangeRefused', { reason: '不能确认自己提出的改动，请由另一位安全管理员确认。' }),
    );
    const overtaken = await whatOvertook(ctx.db, change);
    if (overtaken !== null) throw problem('access.roleChangeRefused', { reason: overtaken });
    const held = (await rolesInHand(ctx, ctx.actor.userId)).map((one) => one.key);
    if (held.includes(change.role)) {
      throw problem('access.roleChangeRefused', { reason: '不能修改自己担任的角色，请由另一位安全管理员办理。' });
    }
    await putInForce(ctx.db, change, { state: 'confirmed', by: ctx.actor.userId, now: ctx.now });
    await ctx.record(
      recordOfRole(change.role, 'role.changed', {
        before: contentForAudit(change.before),
        after: { ...contentForAudit(change.after), proposedBy: change.proposerName },
      }),
    );
    return { done: true as const };
  }),

  serve(roles.reject, async (ctx, { params, body }) => {
    const change = await waiting(ctx, params.changeId);
    await updateRoleChange(ctx.db, change.id, {
      ...{ state: 'rejected', by: ctx.actor.userId, now: ctx.now },
      reason: body.reason,
    });
    await ctx.record(
      recordOfRole(change.role, 'role.changeRejected', {
        before: contentForAudit(change.after),
        after: { reason: body.reason },
      }),
    );
    return { done: true as const };
  }),
];

/** A change that still waits, locked. */
async function waiting(ctx: Context, id: string) {
  const change = await lockChange(ctx.db, id);
  if (change) return change;
  throw change === undefined
    ? problem('thing.notFound', { what: '项改动' })
    : problem('access.roleChangeRefused', { reason: '这项改动已经办结，请刷新后查看。' });
}

async function assertMayChange(
  ctx: Context,
  role: Parameters<typeof roleChangeRefusal>[0],
  after: RoleContent,
  key: string | null,
): Promise<void> {
  const heldRoles = (await rolesInHand(ctx, ctx.actor.userId)).map((one) => one.key);
  const reason = roleChangeRefusal(role, after, { heldRoles, names: await listOtherRoleNames(ctx.db, key) });
  ctx.authorize(reason === null, problem('access.roleChangeRefused', { reason: reason ?? '' }));
}

function contentOf({ name, reach, permissions, secondFactor }: RoleContent): RoleContent {
  return { name, reach, permissions: [...permissions].sort(), secondFactor };
}

function shapeOf(row: RoleChangeRow, actor: Actor): z.input<typeof roles.roleChange> {
  const open = row.state === 'waiting' && holds(actor, 'role.grant');
  const shown = (content: RoleContent) => ({ ...content, permissions: [...content.permissions] });
  return {
    ...{ id: row.id, role: row.role, state: row.state, ...presentProposal(row) },
    before: row.before === null ? null : shown(row.before),
    after: shown(row.after),
    effectiveAt: row.effectiveAt.toISOString(),
    can: { confirm: open && row.proposedBy !== actor.userId, reject: open },
  };
}
