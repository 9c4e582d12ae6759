import { isDeepStrictEqual } from 'node:util';
import * as periods from '#contract/filings/periods.ts';
import { serving } from '#core/access/serve.ts';
import { lockPeriod, writeFrozenOn, writePassedOver } from '#core/calendar/period.store.ts';
import { deleteRegister, listSchoolsOn, writeRegister } from '#core/calendar/register.store.ts';
import { collectionName } from '#domain/collection/collection.ts';
import { collectionOpened, collectionWithdrawn } from '#domain/filing/reminder.ts';
import { problem } from '#domain/kit/problem.ts';
import type { FilingHandle } from '../filing.store.ts';
import { catalogueOf, currentEdition } from '../filing-catalogues.shape.ts';
import { collectionToChange, openCollection, periodShape } from './collection.act.ts';
import {
  findApproved,
  findCollection,
  listCollections,
  listOwing,
  lockCollection,
  recordOfCollection,
  writeCollection,
  writeFilings,
  writeState,
  writeSubjects,
  writeTimetable,
} from './collection.store.ts';
import { owedBy, tellOfCollection } from './collection-notice.act.ts';
import { exemption, newFilings, withInitials } from './opening.act.ts';
import {
  type CollectionUses,
  findFollower,
  isEmptyCollection,
  isPeriodAsked,
  lockUses,
  writeCancelled,
} from './taking-back.store.ts';

const on = serving<FilingHandle>();

export const filingCollectionRoutes = [
  on(periods.list, async (ctx) => {
    const rows = await listCollections(ctx.db);
    const current = await findCollection(ctx.db, { today: ctx.today });
    return { periods: rows.map((row) => periodShape(row, ctx.today)), current: current?.schoolYear ?? null };
  }),

  on(periods.preview, async (ctx, { query }) => {
    const existing = await findCollection(ctx.db, { year: query.year });
    const schools = await listSchoolsOn(ctx.db, query.opensOn ?? ctx.today, await listOwing(ctx.db, query.year - 1));
    const lastYear = await findApproved(ctx.db, query.year - 1);
    const reasons = schools.map((school) => exemption(catalogueOf(currentEdition), school));
    const counts = new Map<string, number>();
    for (const reason of reasons) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    return {
      schoolYear: query.year,
      exists: existing !== undefined,
      owes: reasons.filter((reason) => reason === null).length,
      withLastYear: schools.filter(({ schoolId }, at) => reasons[at] === null && lastYear.has(schoolId)).length,
      exempt: [...counts].map(([reason, number]) => ({ reason, schools: number })),
    };
  }),

  on(periods.open, async (ctx, { body }) => {
    assertOrdered(body);
    const catalogue = catalogueOf(currentEdition);
    const name = collectionName(body.schoolYear);
    const period = await lockPeriod(ctx.db, { kind: 'school-year', year: body.schoolYear });
    if (await findCollection(ctx.db, { year: period.year })) throw problem('period.exists', { name });
    const found = await listSchoolsOn(
      ctx.db,
      period.frozenOn ?? body.opensOn,
      await listOwing(ctx.db, body.schoolYear - 1),
    );
    const schools = (await withInitials(found)).map((school) => ({ ...school, reason: exemption(catalogue, school) }));
    if (period.frozenOn === null) {
      await writeRegister(ctx.db, period.id, schools);
      await writeFrozenOn(ctx.db, period.id, body.opensOn);
    }
    await writePassedOver(ctx.db, period.id, false);
    const id = await writeCollection(ctx.db, {
      ...body,
      ...{ periodId: period.id, ownerUnitId: ctx.actor.unitId!, name, edition: currentEdition },
    });
    await writeSubjects(ctx.db, id, schools);
    const owing = schools.filter((school) => school.reason === null);
    const filings = await newFilings(ctx, catalogue, owing, body.schoolYear);
    await writeFilings(ctx.db, id, filings, ctx.now);
    const withLastYear = filings.filter((filing) => Object.keys(filing.reference).length > 0).length;
    await tellOfCollection(ctx, collectionOpened, { id, name, ...owedBy(owing), note: `填报截止 ${body.deadline}` });
    const after = { ...body, edition: currentEdition, owes: owing.length, withLastYear };
    await ctx.record(recordOfCollection(id, 'period.opened', { after }));
    const opened = await lockCollection(ctx.db, id);
    return {
      period: periodShape(opened!, ctx.today),
      owes: owing.length,
      exempt: schools.length - owing.length,
      withLastYear,
    };
  }),

  on(periods.change, async (ctx, { params, body }) => {
    const collection = await openCollection(ctx, params.periodId);
    assertOrdered({ ...body, opensOn: collection.opensOn });
    const { deadline, graceDays, cityDeadline } = collection;
    const before = { deadline, graceDays, cityDeadline };
    if (isDeepStrictEqual(before, body)) throw problem('thing.nothingChanges', { what: '期限' });
    await writeTimetable(ctx.db, collection.id, body);
    await ctx.record(recordOfCollection(collection.id, 'period.changed', { before, after: { ...body } }));
    return periodShape({ ...collection, ...body }, ctx.today);
  }),

  on(periods.close, async (ctx, { params }) => {
    const collection = await openCollection(ctx, params.periodId);
    await writeState(ctx.db, collection.id, 'closed');
    const empty = await isEmptyCollection(ctx.db, ctx.scope.places, collection.id);
    if (empty) await writePassedOver(ctx.db, collection.periodId, true);
    const states = { before: { state: collection.state }, after: { state: 'closed' } };
    await ctx.record(recordOfCollection(collection.id, 'period.closed', states));
    return periodShape({ ...collection, state: 'closed', passedOver: empty }, ctx.today);
  }),

  on(periods.reopen, async (ctx, { params, body }) => {
    const collection = await collectionToChange(ctx, params.periodId);
    const { name } = collection;
    if (collection.state === 'open') throw problem('period.notOver', { name });
    const follower = await findFollower(ctx.db, ctx.scope.places, collection);
    if (follower) throw problem('period.followed', { name, later: follower.name, schools: follower.schools });
    await writeState(ctx.db, collection.id, 'open');
    await writePassedOver(ctx.db, collection.periodId, false);
    const states = { before: { state: collection.state }, after: { state: 'open', reason: body.reason } };
    await ctx.record(recordOfCollection(collection.id, 'period.reopened', states));
    return periodShape({ ...collection, state: 'open', passedOver: false }, ctx.today);
  }),

  on(periods.withdraw, async (ctx, { params, query }) => {
    const collection = await collectionToChange(ctx, params.periodId);
    const { id, periodId, name, schoolYear, opensOn } = collection;
    const { places } = ctx.scope;
    const uses = usesInWords(await lockUses(ctx.db, places, id));
    if (uses.length > 0) throw problem('period.used', { name, uses });
    const reason = query.reason ?? '误开，尚未填报';
    const freed = await writeCancelled(ctx.db, places, id, reason);
    await tellOfCollection(ctx, collectionWithdrawn, { id, name, ...owedBy(freed), note: reason });
    const schools = freed.length;
    await writePassedOver(ctx.db, periodId, true);
    if (!(await isPeriodAsked(ctx.db, periodId))) {
      await deleteRegister(ctx.db, places, periodId);
      await writeFrozenOn(ctx.db, periodId, null);
    }
    const before = { state: collection.state, schoolYear, opensOn, owes: schools };
    await ctx.record(recordOfCollection(id, 'period.withdrawn', { before, after: { state: 'cancelled', reason } }));
    return { schoolYear, schools };
  }),
];

/** What stands against taking a collection back, in words; nothing where it is empty. */
function usesInWords(uses: CollectionUses): string[] {
  const lines = [
    [uses.filled, '所学校已填写数据'],
    [uses.stepped, '所学校已提交或退回过'],
    [uses.commented, '所学校有批注'],
    [uses.noticed, '所学校收到过催报'],
    [uses.extended, '所学校获得延期'],
  ] as const;
  return lines.filter(([schools]) => schools > 0).map(([schools, words]) => `${schools} ${words}`);
}

function assertOrdered(dates: { opensOn: string; deadline: string; cityDeadline: string }): void {
  if (dates.deadline < dates.opensOn || dates.cityDeadline < dates.deadline) throw problem('period.datesOutOfOrder');
}
