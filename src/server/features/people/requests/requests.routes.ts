import type { z } from 'zod';
import * as requests from '#contract/people/requests.ts';
import { deleteFailures, deleteSecondFactor, updatePersonStatus } from '#core/access/account/account-changes.store.ts';
import { endSessionsOf, findPerson, revokeTokensOf } from '#core/access/account/accounts.store.ts';
import { makeCodedLinks } from '#core/access/account/accounts.ts';
import { writeCodes } from '#core/access/account/codes.store.ts';
import { putPassword, type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import { presentProposal } from '#core/access/proposal/proposal.shape.ts';
import { countWaitingOf } from '#core/access/proposal/proposal.store.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { areApart } from '#domain/access/signing.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOfPerson } from '../people.audit.shape.ts';
import {
  findRequest,
  insertRequest,
  listRequests,
  lockWaitingRequest,
  type RequestRow,
  updateRequest,
} from './requests.store.ts';

/** What opens an account that takes two people: the 系统管理员 proposes it, the 安全管理员 confirms it. */
export const requestRoutes = [
  serve(requests.list, async (ctx, { query }) => {
    return { rows: (await listRequests(ctx.db, query.personId)).map((row) => shapeOf(row, ctx.actor)) };
  }),

  serve(requests.propose, async (ctx, { params, body }) => {
    const person = await lockPerson(ctx, params.personId);
    ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
    const refusal = refusalOf(body.act, person);
    if (refusal !== null) throw problem('access.requestRefused', { reason: refusal });
    const id = newId();
    const { userId: by } = ctx.actor;
    assertRoomFor('accountRequests', await countWaitingOf(ctx.db, 'account_requests', by));
    if (!(await insertRequest(ctx.db, { id, personId: person.id, act: body.act, by, now: ctx.now }))) {
      throw problem('access.requestRefused', { reason: '同样的申请已经在等待确认；要重新给出启用码，请先收回它。' });
    }
    const codes = body.act === 'password' ? await writeCodes(ctx.db, [person.id], { by, now: ctx.now }) : null;
    await ctx.record(recordOfPerson(person.id, 'person.requestProposed', { after: { act: body.act } }));
    return { id, code: codes?.get(person.id) ?? null };
  }),

  serve(
    requests.confirm,
    async (ctx, { params }, nobodyKnows: ReadyPassword) => {
      const seen = await findRequest(ctx.db, params.requestId);
      if (seen === undefined) throw problem('thing.notFound', { what: '项申请' });
      const person = await lockPerson(ctx, seen.personId);
      const request = await waiting(ctx, params.requestId);
      ctx.authorize(person.id !== ctx.actor.userId, problem('access.notYourself'));
      if (!areApart(handOf(request.proposedBy), handOf(ctx.actor.userId, ctx.actor.principal?.id))) {
        throw problem('access.requestRefused', { reason: '不能确认自己提出的申请，请由另一位管理员确认。' });
      }
      const refusal = refusalOf(request.act, person);
      if (refusal !== null) throw problem('access.requestRefused', { reason: refusal });
      await updateRequest(ctx.db, request.id, { state: 'confirmed', by: ctx.actor.userId, now: ctx.now });
      const handed = await carryOut(ctx, request, person, nobodyKnows);
      const after = { act: request.act, proposedBy: request.proposerName };
      await ctx.record(recordOfPerson(person.id, 'person.requestConfirmed', { after }));
      return handed;
    },
    () => readyFirst('link'),
  ),

  serve(requests.reject, async (ctx, { params, body }) => {
    const request = await waiting(ctx, params.requestId);
    const decision = { state: 'rejected' as const, by: ctx.actor.userId, now: ctx.now, reason: body.reason };
    await updateRequest(ctx.db, request.id, decision);
    const after = { act: request.act, reason: body.reason };
    await ctx.record(recordOfPerson(request.personId, 'person.requestRejected', { after }));
    return { done: true as const };
  }),
];

type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

async function lockPerson(ctx: Context, personId: string): Promise<Person> {
  const person = await findPerson(ctx.db, personId, true);
  if (person === undefined) throw problem('thing.notFound', { what: '个人员' });
  return person;
}

/** A request that still waits, locked. */
async function waiting(ctx: Context, id: string): Promise<RequestRow> {
  const request = await lockWaitingRequest(ctx.db, id);
  if (request !== undefined) return request;
  throw (await findRequest(ctx.db, id)) === undefined
    ? problem('thing.notFound', { what: '项申请' })
    : problem('access.requestRefused', { reason: '这项申请已经办结，请刷新后查看。' });
}

const handOf = (personId: string, principalId: string | null = null) => ({ personId, principalId });

/** Why the account, as it stands, does not need this; null where it does. */
function refusalOf(act: RequestRow['act'], person: Person): string | null {
  if (act === 'enable') return person.status === 'active' ? '账户在用，无须恢复。' : null;
  if (person.status !== 'active') return '账户已停用；请先申请恢复账户。';
  if (act === 'second-factor' && person.secondFactorEnabled !== true) return '此人还没有绑定动态验证码，无须解除。';
  return null;
}

async function carryOut(ctx: Context, { act }: RequestRow, person: Person, nobodyKnows: ReadyPassword) {
  const nothing = { link: null, expiresAt: null };
  if (act === 'enable') {
    await updatePersonStatus(ctx.db, person.id, 'active', ctx.now);
    return nothing;
  }
  await endSessionsOf(ctx.db, person.id, ctx.now);
  await revokeTokensOf(ctx.db, person.id, ctx.now);
  if (act === 'second-factor') {
    await deleteSecondFactor(ctx.db, person.id, ctx.now);
    return nothing;
  }
  await putPassword(ctx.db, person.id, nobodyKnows, ctx.now);
  await deleteFailures(ctx.db, person.username);
  const { links, expiresAt } = await makeCodedLinks(ctx.db, [person.id], { by: ctx.actor.userId, now: ctx.now });
  const link = links.get(person.id);
  if (link === undefined) {
    throw problem('access.requestRefused', { reason: '启用码已经作废，请系统管理员收回这项申请后重新提出。' });
  }
  return { link, expiresAt: expiresAt.toISOString() };
}

function shapeOf(row: RequestRow, actor: Actor): z.input<typeof requests.accountRequest> {
  const open = row.state === 'waiting' && row.personId !== actor.userId;
  const decides = holds(actor, 'role.grant');
  return {
    ...{ id: row.id, personId: row.personId, personName: row.personName, username: row.username, act: row.act },
    ...{ state: row.state, ...presentProposal(row) },
    can: {
      confirm: open && decides && row.proposedBy !== actor.userId,
      reject: open && (decides || holds(actor, 'people.manage')),
    },
  };
}
