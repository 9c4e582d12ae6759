import type { z } from 'zod';
import * as sets from '#contract/people/sets.ts';
import { endSessionsByPost } from '#core/access/account/accounts.store.ts';
import { makeCodedLinks } from '#core/access/account/accounts.ts';
import { endLinksOf } from '#core/access/account/links.store.ts';
import { lockPeople } from '#core/access/account/many-accounts.store.ts';
import { insertGrants } from '#core/access/grant/grants.store.ts';
import { presentProposal } from '#core/access/proposal/proposal.shape.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { usualHolder } from '#domain/access/permissions.ts';
import { areApart } from '#domain/access/signing.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOfPerson, recordOfSet } from '../people.audit.shape.ts';
import { digestOfLines, giveCodes, recipientOf, refusalOfLine } from './sets.act.ts';
import {
  findSet,
  type LineRow,
  listRecipients,
  listSetLines,
  listSets,
  lockSet,
  type SetRow,
  updateSet,
  writeOutcomes,
} from './sets.store.ts';

/** Posts of many people: proposed with a list by the 系统管理员, granted as a set by the 安全管理员. */
export const setRoutes = [
  serve(sets.list, async (ctx, { query }) => {
    const { rows, total } = await listSets(ctx.db, query);
    return { rows: rows.map(shapeOf), total };
  }),

  serve(sets.read, async (ctx, { params, query }) => {
    const set = found(await findSet(ctx.db, params.setId));
    const lines = await listSetLines(ctx.db, set.id);
    const rows = lines.map((line) => lineOf(set, line, ctx.actor.userId));
    const wanted = rows.filter(({ refusal, isNew }, index) => {
      if (query.unitId !== undefined && lines[index]!.countyId !== query.unitId) return false;
      if (query.only === 'refused') return refusal !== null;
      return query.only === undefined || isNew === (query.only === 'new');
    });
    const begin = (query.page - 1) * query.pageSize;
    const waiting = set.state === 'waiting';
    const [manages, grants] = [holds(ctx.actor, 'people.manage'), holds(ctx.actor, 'role.grant')];
    const given = lines.filter(({ outcome }) => outcome === null || outcome === 'granted');
    const withoutPassword = new Set(given.filter((one) => !one.passwordChosen).map((one) => one.personId)).size;
    return {
      ...shapeOf(set),
      digest: digestOfLines(lines),
      counts: countsOf(lines),
      refused: rows.filter(({ refusal }) => refusal !== null).length,
      withoutPassword,
      rows: wanted.slice(begin, begin + query.pageSize),
      total: wanted.length,
      can: {
        grant: waiting && grants && set.proposedBy !== ctx.actor.userId,
        reject: waiting && (grants || manages),
        sheets: set.state === 'granted' && grants && withoutPassword > 0,
        codes: set.state !== 'rejected' && manages && withoutPassword > 0,
      },
    };
  }),

  serve(sets.grant, async (ctx, { params, body }) => {
    const set = await lockWaiting(ctx, params.setId);
    const hand = { personId: ctx.actor.userId, principalId: ctx.actor.principal?.id ?? null };
    const apart = areApart({ personId: set.proposedBy, principalId: null }, hand);
    ctx.authorize(
      apart,
      problem('access.grantRefused', { reason: '不能授予自己提出的名单，请由另一位安全管理员办理。' }),
    );
    const seen = await listSetLines(ctx.db, set.id);
    await lockPeople(
      ctx.db,
      seen.map(({ personId }) => personId),
    );
    // What the people hold may have changed before they were locked.
    const lines = await listSetLines(ctx.db, set.id);
    if (digestOfLines(lines) !== body.digest) throw problem('thing.changed', { what: '这批授权涉及的人员或角色' });
    return grantLines(ctx, set, lines, body);
  }),

  serve(sets.reject, async (ctx, { params, body }) => {
    const set = await lockWaiting(ctx, params.setId);
    const decision = { state: 'rejected' as const, by: ctx.actor.userId, now: ctx.now, reason: body.reason };
    await updateSet(ctx.db, set.id, decision);
    await ctx.record(recordOfSet(set.id, 'postSet.rejected', { after: { reason: body.reason, posts: set.lines } }));
    return { done: true as const };
  }),

  serve(sets.sheets, async (ctx, { params, body }) => {
    const set = found(await findSet(ctx.db, params.setId));
    ctx.authorize(
      set.state === 'granted',
      problem('access.grantRefused', { reason: '这批授权还没有授予，授予后才能给出链接。' }),
    );
    const people = await listRecipients(ctx.db, set.id, body.unitId);
    const waiting = people.filter(({ passwordChosen }) => !passwordChosen);
    const ids = waiting.map(({ personId }) => personId);
    await lockPeople(ctx.db, ids);
    const { links, expiresAt } = await makeCodedLinks(ctx.db, ids, { by: ctx.actor.userId, now: ctx.now });
    const issuer = [usualHolder('people.manage'), set.proposerName, set.proposerPhone].filter(Boolean).join(' ');
    const rows = waiting.flatMap((one) => {
      const link = links.get(one.personId);
      return link === undefined ? [] : [{ ...recipientOf(one), contact: one.contact ?? issuer, link }];
    });
    await ctx.record(recordOfSet(set.id, 'postSet.linksMade', { after: { links: rows.length, unitId: body.unitId } }));
    return {
      ...{ rows, expiresAt: expiresAt.toISOString(), inUse: people.length - waiting.length },
      withoutCode: waiting.length - rows.length,
    };
  }),

  serve(sets.codes, async (ctx, { params, body }) => {
    const set = found(await findSet(ctx.db, params.setId));
    ctx.authorize(
      set.state !== 'rejected',
      problem('access.grantRefused', { reason: '这批授权已被否决，不再给出启用码；请重新导入名单。' }),
    );
    const rows = await giveCodes(ctx, set.id, body.unitId);
    await ctx.record(recordOfSet(set.id, 'postSet.codesMade', { after: { codes: rows.length, unitId: body.unitId } }));
    return { rows };
  }),
];

function found(set: SetRow | undefined): SetRow {
  if (set === undefined) throw problem('thing.notFound', { what: '批授权' });
  return set;
}

/** A set that still waits, locked. */
async function lockWaiting(ctx: Context, id: string): Promise<SetRow> {
  const set = found(await lockSet(ctx.db, id));
  if (set.state !== 'waiting') throw problem('access.grantRefused', { reason: '这批授权已经办结，请刷新后查看。' });
  return set;
}

async function grantLines(
  ctx: Context,
  set: SetRow,
  lines: readonly LineRow[],
  { except, refused }: { readonly except: readonly number[]; readonly refused: number },
) {
  const byHand = new Set(except);
  const judged = lines.map((row) => ({ row, refusal: refusalOfLine(row, ctx.actor.userId) }));
  const forbidden = judged.filter(({ refusal }) => refusal !== null);
  if (forbidden.length !== refused) throw problem('thing.changed', { what: '这批授权涉及的人员或角色' });
  const outcomes = judged.map(({ row, refusal }) => {
    const outcome = refusal !== null ? 'refused' : byHand.has(row.line) ? 'excepted' : 'granted';
    return { line: row.line, outcome, reason: refusal };
  });
  const given = judged.filter((_, index) => outcomes[index]!.outcome === 'granted').map(({ row }) => row);
  if (given.length === 0) {
    throw problem('access.grantRefused', { reason: '没有可以授予的行；不授予的，请否决这批授权。' });
  }
  const grants = given.map(({ personId, role }) => ({
    ...{ id: newId(), personId, role: role.key, unitId: role.unitId, schoolId: role.schoolId },
    sectionId: role.sectionId,
  }));
  const people = [...new Set(given.map(({ personId }) => personId))];
  await insertGrants(ctx.db, grants, { by: ctx.actor.userId, now: ctx.now });
  // A link that one person made would let its holder into the post.
  await endLinksOf(ctx.db, people, ctx.now, true);
  const before = given.filter(({ held }) => held.length > 0).map(({ personId }) => personId);
  await endSessionsByPost(ctx.db, before, ctx.now);
  await writeOutcomes(ctx.db, set.id, outcomes);
  await updateSet(ctx.db, set.id, { state: 'granted', by: ctx.actor.userId, now: ctx.now });
  const excepted = outcomes.filter(({ outcome }) => outcome === 'excepted').length;
  const after = { granted: given.length, excepted, refused, proposedBy: set.proposerName };
  await ctx.recordAll([
    recordOfSet(set.id, 'postSet.granted', { after }),
    ...given.map(({ personId, role, placeName, section }, index) =>
      recordOfPerson(personId, 'role.granted', {
        before: null,
        after: {
          ...{ role: role.key, unitId: role.unitId, schoolId: role.schoolId, place: placeName },
          ...{ sectionId: role.sectionId, section: section?.name ?? null },
          ...{ post: grants[index]!.id, set: set.id },
        },
      }),
    ),
  ]);
  return { granted: given.length, excepted, refused };
}

function shapeOf(row: SetRow): z.input<typeof sets.postSet> {
  return {
    ...{ id: row.id, state: row.state, fileName: row.fileName, lines: row.lines, accounts: row.accounts },
    ...presentProposal(row),
  };
}

/** A line as it stands; once the set is decided, as it was decided. */
function lineOf(set: SetRow, row: LineRow, granter: string) {
  return {
    ...{ line: row.line, personId: row.personId, name: row.name, username: row.username, phone: row.phone },
    ...{ isNew: row.isNew, roleName: row.role.name, placeName: row.placeName, countyName: row.countyName },
    sectionName: row.section?.name ?? null,
    held: row.held.map(({ name, place }) => (place === null ? name : `${name}（${place}）`)),
    refusal: set.state === 'waiting' ? refusalOfLine(row, granter) : row.reason,
    outcome: row.outcome,
  };
}

function countsOf(lines: readonly LineRow[]) {
  const counts = new Map<string, { countyId: number | null; countyName: string; roleName: string; lines: number }>();
  for (const { countyId, countyName, role } of lines) {
    const key = `${countyId}\n${role.key}`;
    const count = counts.get(key) ?? { countyId, countyName, roleName: role.name, lines: 0 };
    counts.set(key, { ...count, lines: count.lines + 1 });
  }
  return [...counts.values()];
}
