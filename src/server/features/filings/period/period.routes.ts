import * as periods from '#contract/filings/periods.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { type Catalogue, enteredFields, filesResources } from '#domain/filing/catalogue.ts';
import { periodName } from '#domain/filing/deadline.ts';
import { medians, type PeerValues, peersOf } from '#domain/filing/peers.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina, daysBetween } from '#domain/kit/school-year.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { newId } from '#platform/ids/new-id.ts';
import { catalogueOf, currentEdition } from '../filing.catalogues.ts';
import { todayOf } from '../filing.shape.ts';
import type { FilingHandle } from '../filing.store.ts';
import {
  freezeSchools,
  insertFilings,
  insertPeriod,
  lockPeriod,
  type NewFiling,
  type PeriodRow,
  readLastYear,
  readPeriod,
  readPeriods,
  readSchoolsToFreeze,
  type SchoolToFreeze,
  updatePeriod,
} from './period.store.ts';

const on = serving<FilingHandle>();

export const filingPeriodRoutes = [
  on(periods.list, async (ctx) => {
    ctx.authorize(true);
    const [rows, current] = await Promise.all([
      readPeriods(ctx.db),
      readPeriod(ctx.db, undefined, dayInChina(ctx.now)),
    ]);
    return { periods: rows.map((row) => periodShape(row, ctx.now)), current: current?.schoolYear ?? null };
  }),

  on(periods.preview, async (ctx, { query }) => {
    ctx.authorize(true);
    const existing = await readPeriod(ctx.db, query.year, dayInChina(ctx.now));
    const current = await readPeriod(ctx.db, undefined, dayInChina(ctx.now));
    const day = query.opensOn ?? todayOf(current?.referenceDate ?? null, ctx.now);
    const schools = await readSchoolsToFreeze(ctx.db, query.year, day);
    const lastYear = await readLastYear(ctx.db, query.year);
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
    ctx.authorize(ctx.actor.level === 'city');
    assertOrdered(body);
    const catalogue = catalogueOf(currentEdition);
    const name = periodName(body.schoolYear);
    const id = await insertPeriod(ctx.db, { ...body, name, edition: currentEdition });
    if (id === undefined) throw problem('period.exists', { name });
    const found = await readSchoolsToFreeze(ctx.db, body.schoolYear, body.opensOn);
    const schools = found.map((school) => ({ ...school, reason: exemption(catalogue, school) }));
    await freezeSchools(ctx.db, id, await withInitials(schools));
    const owing = schools.filter((school) => school.reason === null);
    const filings = await newFilings(ctx, catalogue, owing, body.schoolYear);
    await insertFilings(ctx.db, id, filings, ctx.now);
    const withLastYear = filings.filter((filing) => Object.keys(filing.reference).length > 0).length;
    await ctx.record({
      action: 'period.opened',
      objectType: 'period',
      objectId: id,
      after: { ...body, edition: currentEdition, owes: owing.length, withLastYear },
    });
    const opened = await lockPeriod(ctx.db, id);
    return {
      period: periodShape(opened!, ctx.now),
      owes: owing.length,
      exempt: schools.length - owing.length,
      withLastYear,
    };
  }),

  on(periods.change, async (ctx, { params, body }) => {
    const period = await periodToChange(ctx, params.periodId);
    assertOrdered({ ...body, opensOn: period.opensOn });
    await updatePeriod(ctx.db, period.id, {
      deadline: body.deadline,
      grace_days: body.graceDays,
      city_deadline: body.cityDeadline,
    });
    const { deadline, graceDays, cityDeadline } = period;
    await ctx.record({
      action: 'period.changed',
      objectType: 'period',
      objectId: period.id,
      before: { deadline, graceDays, cityDeadline },
      after: { ...body },
    });
    return periodShape({ ...period, ...body }, ctx.now);
  }),

  on(periods.close, async (ctx, { params }) => {
    const period = await periodToChange(ctx, params.periodId);
    if (period.state !== 'open') throw problem('period.over', { name: period.name });
    await updatePeriod(ctx.db, period.id, { state: 'closed' });
    await ctx.record({
      action: 'period.closed',
      objectType: 'period',
      objectId: period.id,
      before: { state: period.state },
      after: { state: 'closed' },
    });
    return periodShape({ ...period, state: 'closed' }, ctx.now);
  }),
];

async function periodToChange(ctx: Context<FilingHandle>, id: number): Promise<PeriodRow> {
  const period = await lockPeriod(ctx.db, id);
  if (!period) throw problem('thing.notFound', { what: '个填报周期' });
  ctx.authorize(ctx.actor.level === 'city');
  return period;
}

function assertOrdered(dates: { opensOn: string; deadline: string; cityDeadline: string }): void {
  if (dates.deadline < dates.opensOn || dates.cityDeadline < dates.deadline) throw problem('period.datesOutOfOrder');
}

/** Initials of the names that a school no longer bears are made anew. */
async function withInitials<School extends SchoolToFreeze>(schools: readonly School[]) {
  const former = schools.filter((school) => school.initials === null).map((school) => school.name);
  const made = await initialsOf(former);
  return schools.map((school) => ({ ...school, initials: school.initials ?? made[former.indexOf(school.name)]! }));
}

/** Why a school owes no filing; null when it owes one. */
function exemption(catalogue: Catalogue, school: SchoolToFreeze): string | null {
  if (school.status === 'closed') return '学校已撤销';
  if (school.status === 'merged') return '学校已并入其他学校';
  if (filesResources(catalogue, school.schoolType)) return null;
  return `${schoolType(school.schoolType)?.name ?? school.schoolType}不填报资源数据`;
}

/** An empty filing for each school, with last year's values beside it and the medians of similar schools. */
async function newFilings(
  ctx: Context<FilingHandle>,
  catalogue: Catalogue,
  owing: readonly SchoolToFreeze[],
  schoolYear: number,
): Promise<NewFiling[]> {
  const lastYear = await readLastYear(ctx.db, schoolYear);
  const peers = medians([...lastYear.values()] satisfies PeerValues[]);
  return owing.map((school) => ({
    countyId: school.countyId,
    id: newId(),
    schoolId: school.schoolId,
    managingUnitId: school.managingUnitId,
    reference: lastYear.get(school.schoolId)?.values ?? {},
    peers: peersOf(peers, school),
    required: enteredFields(catalogue, school).filter((field) => field.required).length,
  }));
}

function periodShape(row: PeriodRow, now: Date) {
  const today = todayOf(row.referenceDate, now);
  return {
    id: row.id,
    schoolYear: row.schoolYear,
    name: row.name,
    edition: row.edition,
    state: row.state,
    opensOn: row.opensOn,
    deadline: row.deadline,
    graceDays: row.graceDays,
    cityDeadline: row.cityDeadline,
    daysLeft: daysBetween(today, row.deadline),
    cityDaysLeft: daysBetween(today, row.cityDeadline),
  };
}
