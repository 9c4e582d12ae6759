import * as periods from '#contract/filings/periods.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { lockPeriod, writeFrozenOn } from '#core/calendar/period.store.ts';
import { listSchoolsOn, type SchoolOnDay, writeRegister } from '#core/calendar/register.store.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { collectionName } from '#domain/collection/collection.ts';
import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { enteredFields, filesResources } from '#domain/filing/catalogue.ts';
import { medians, type PeerValues, peersOf } from '#domain/filing/peers.ts';
import { problem } from '#domain/kit/problem.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FilingHandle } from '../filing.store.ts';
import { catalogueOf, currentEdition } from '../filing-catalogues.shape.ts';
import {
  type CollectionRow,
  findApproved,
  findCollection,
  listCollections,
  listOwing,
  lockCollection,
  type NewFiling,
  recordOfCollection,
  writeClosed,
  writeCollection,
  writeFilings,
  writeSubjects,
  writeTimetable,
} from './collection.store.ts';

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
    const id = await writeCollection(ctx.db, {
      ...body,
      ...{ periodId: period.id, ownerUnitId: ctx.actor.unitId!, name, edition: currentEdition },
    });
    await writeSubjects(ctx.db, id, schools);
    const owing = schools.filter((school) => school.reason === null);
    const filings = await newFilings(ctx, catalogue, owing, body.schoolYear);
    await writeFilings(ctx.db, id, filings, ctx.now);
    const withLastYear = filings.filter((filing) => Object.keys(filing.reference).length > 0).length;
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
    const collection = await collectionToChange(ctx, params.periodId);
    assertOrdered({ ...body, opensOn: collection.opensOn });
    await writeTimetable(ctx.db, collection.id, body);
    const { deadline, graceDays, cityDeadline } = collection;
    const before = { deadline, graceDays, cityDeadline };
    await ctx.record(recordOfCollection(collection.id, 'period.changed', { before, after: { ...body } }));
    return periodShape({ ...collection, ...body }, ctx.today);
  }),

  on(periods.close, async (ctx, { params }) => {
    const collection = await collectionToChange(ctx, params.periodId);
    if (collection.state !== 'open') throw problem('period.over', { name: collection.name });
    await writeClosed(ctx.db, collection.id);
    const states = { before: { state: collection.state }, after: { state: 'closed' } };
    await ctx.record(recordOfCollection(collection.id, 'period.closed', states));
    return periodShape({ ...collection, state: 'closed' }, ctx.today);
  }),
];

async function collectionToChange(ctx: Context<FilingHandle>, id: number): Promise<CollectionRow> {
  const collection = await lockCollection(ctx.db, id);
  if (!collection) throw problem('thing.notFound', { what: '个填报周期' });
  return collection;
}

function assertOrdered(dates: { opensOn: string; deadline: string; cityDeadline: string }): void {
  if (dates.deadline < dates.opensOn || dates.cityDeadline < dates.deadline) throw problem('period.datesOutOfOrder');
}

/** Initials of the names that a school no longer bears are made anew. */
async function withInitials(schools: readonly SchoolOnDay[]) {
  const former = schools.filter((school) => school.initials === null).map((school) => school.name);
  const made = await initialsOf(former);
  return schools.map((school) => ({ ...school, initials: school.initials ?? made[former.indexOf(school.name)]! }));
}

/** Why a school owes no filing; null when it owes one. */
function exemption(catalogue: Catalogue, school: SchoolOnDay): string | null {
  if (school.status === 'closed') return '学校已撤销';
  if (school.status === 'merged') return '学校已并入其他学校';
  if (filesResources(catalogue, school.schoolType)) return null;
  return `${schoolType(school.schoolType)?.name ?? school.schoolType}不填报资源数据`;
}

/** An empty filing for each school, with last year's values beside it and the medians of similar schools. */
async function newFilings(
  ctx: Context<FilingHandle>,
  catalogue: Catalogue,
  owing: readonly (SchoolOnDay & { readonly initials: string })[],
  schoolYear: number,
): Promise<NewFiling[]> {
  const lastYear = await findApproved(ctx.db, schoolYear - 1);
  const peers = medians([...lastYear.values()] satisfies PeerValues[]);
  return owing.map((school) => {
    const { countyId, schoolId, code, name, initials, schoolType: type, managingUnitId } = school;
    return {
      ...{ countyId, id: newId(), schoolId, code, name, initials, schoolType: type, managingUnitId },
      reference: lastYear.get(schoolId)?.values ?? {},
      peers: peersOf(peers, school),
      required: enteredFields(catalogue, school).filter((field) => field.required).length,
    };
  });
}

/** On the wire a collection is the period of filing that it has always been. */
function periodShape({ periodId: _, ...row }: CollectionRow, today: string) {
  return { ...row, daysLeft: daysBetween(today, row.deadline), cityDaysLeft: daysBetween(today, row.cityDeadline) };
}
