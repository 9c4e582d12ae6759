import * as filings from '#contract/filings/filings.ts';
import { serving } from '#core/access/serve.ts';
import { fieldOf, isEntered, sectionsOf } from '#domain/filing/catalogue.ts';
import { standing } from '#domain/filing/deadline.ts';
import { nextFilingState } from '#domain/filing/flow.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { readRemindable } from '../county/county.store.ts';
import { filingInScope } from '../filing.act.ts';
import { catalogueOf } from '../filing.catalogues.ts';
import { readFilings } from '../filing.list.store.ts';
import { steppedShape, subjectOf, todayOf } from '../filing.shape.ts';
import { insertReminders, writeExtension } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings } from '../filing.store.ts';
import { readPeriod } from '../period/period.store.ts';
import { stepMany, stepOne } from './step.act.ts';

const on = serving<FilingHandle>();

export const filingReviewRoutes = [
  on(filings.submit, (ctx, { params, body }) => stepOne(ctx, params.filingId, body.revision, { action: 'submit' })),

  on(filings.withdraw, (ctx, { params, body }) =>
    stepOne(ctx, params.filingId, body.revision, { action: 'withdraw', reason: body.reason }),
  ),

  on(filings.returnFiling, async (ctx, { params, body }) => {
    assertKnownFields(await filingInScope(ctx, params.filingId), body.fields);
    return stepOne(ctx, params.filingId, body.revision, { action: 'return', reason: body.reason, fields: body.fields });
  }),

  on(filings.approve, (ctx, { params, body }) => stepOne(ctx, params.filingId, body.revision, { action: 'approve' })),

  on(filings.approveRest, async (ctx, { body }) => {
    // Each filing is judged for itself in the flow; the permission of the route opens the door.
    ctx.authorize(true);
    const revisions = new Map(body.filings.map(({ filingId, revision }) => [filingId, revision]));
    const found = await lockFilings(ctx.db, ctx.scope, [...revisions.keys()]);
    const result = await stepMany(ctx, found, { action: 'approve' }, revisions);
    return { ...result, refused: [...result.refused, ...unknown(revisions, found)] };
  }),

  on(filings.accept, (ctx, { params, body }) => stepOne(ctx, params.filingId, body.revision, { action: 'accept' })),

  on(filings.acceptSet, async (ctx, { body }) => {
    ctx.authorize(ctx.actor.level === 'city', problem('filing.notYours', { action: '接收', whose: '市级督导干部' }));
    const today = dayInChina(ctx.now);
    const filter = { year: body.year, unitId: body.unitId, managedBy: 'county' as const, page: 1, pageSize: 2000 };
    const seen = await readFilings(ctx.db, ctx.scope, {
      filter: { ...filter, state: 'approved' },
      today,
    });
    // The number that the person saw must be the number that is taken: a school approved meanwhile is looked at first.
    const locked = await lockFilings(
      ctx.db,
      ctx.scope,
      seen.rows.map((filing) => filing.id),
    );
    const ready = locked.filter((filing) => filing.state === 'approved');
    if (ready.length !== body.expected) {
      throw problem('filing.setChanged', { expected: body.expected, found: ready.length });
    }
    const result = await stepMany(ctx, ready, { action: 'accept' });
    const open = await readFilings(ctx.db, ctx.scope, {
      filter: { ...filter, state: ['draft', 'submitted'], pageSize: 1 },
      today,
    });
    return { ...result, remaining: open.total };
  }),

  on(filings.reopen, async (ctx, { params, body }) => {
    assertKnownFields(await filingInScope(ctx, params.filingId), body.fields);
    return stepOne(ctx, params.filingId, body.revision, { action: 'reopen', reason: body.reason, fields: body.fields });
  }),

  on(filings.extend, async (ctx, { params, body }) => {
    const [filing] = await lockFilings(ctx.db, ctx.scope, [params.filingId]);
    if (!filing) throw problem('thing.notFound', { what: '份填报' });
    const today = todayOf(filing.referenceDate, ctx.now);
    const next = nextFilingState('extend', subjectOf(filing, today), ctx.actor);
    ctx.authorize(next.ok, next.ok ? undefined : next.problem);
    const { day } = standing(filing, filing.extension, today);
    if (body.until <= day || body.until < today) throw problem('filing.extensionTooShort', { deadline: day });
    await writeExtension(ctx.db, filing, body.until, ctx.now);
    await ctx.record({
      action: 'filing.extended',
      objectType: 'filing',
      objectId: filing.id,
      countyId: filing.countyId,
      schoolId: filing.schoolId,
      fields: ['deadline'],
      before: { deadline: day },
      after: { deadline: body.until, reason: body.reason },
    });
    return steppedShape({ ...filing, extension: body.until, revision: filing.revision + 1 }, ctx.actor, ctx.now);
  }),

  on(filings.remind, async (ctx, { body }) => {
    const period = await readPeriod(ctx.db, body.year, dayInChina(ctx.now));
    if (!period) throw problem('period.notOpen');
    if (period.state !== 'open') throw problem('period.over', { name: period.name });
    const owing = await readRemindable(ctx.db, ctx.scope, { ...body, periodId: period.id });
    const mine = owing.filter(
      (filing) => nextFilingState('remind', subjectOf(filing, todayOf(filing.referenceDate, ctx.now)), ctx.actor).ok,
    );
    // One click for all of a unit reminds only those whom this person may remind; a chosen school must be among them.
    ctx.authorize(body.filingIds === undefined || mine.length > 0);
    const sent = await insertReminders(ctx.db, mine, { actor: ctx.actor, note: body.note ?? null, now: ctx.now });
    for (const [countyId, schools] of groupByCounty(sent)) {
      await ctx.record({
        action: 'filing.reminded',
        objectType: 'period',
        objectId: period.id,
        countyId,
        after: { schools, note: body.note ?? null },
      });
    }
    return { reminded: sent.length, skippedToday: mine.length - sent.length };
  }),
];

/** The ids of the schools, by county. */
function groupByCounty(list: readonly { countyId: number; schoolId: number }[]) {
  const groups = new Map<number, number[]>();
  for (const { countyId, schoolId } of list) groups.set(countyId, [...(groups.get(countyId) ?? []), schoolId]);
  return groups;
}

/** A return names fields that the school fills; anything else would open nothing and say nothing. */
function assertKnownFields(filing: FullFiling, fields: readonly string[] | undefined): void {
  const catalogue = catalogueOf(filing.edition);
  const sections = sectionsOf(catalogue, filing.schoolType);
  for (const key of fields ?? []) {
    const field = fieldOf(catalogue, key);
    if (!field || !isEntered(field) || !sections.includes(field.section)) {
      throw problem('filing.unknownField', { field: key });
    }
  }
}

/** Ids that lead to nothing in this person's place: named like the other refusals. */
function unknown(revisions: ReadonlyMap<string, number>, found: readonly FullFiling[]) {
  const known = new Set(found.map((filing) => filing.id));
  const { message } = problem('thing.notFound', { what: '份填报' });
  return [...revisions.keys()]
    .filter((id) => !known.has(id))
    .map((filingId) => ({ filingId, schoolName: '', message }));
}
