import * as periods from '#contract/filings/periods.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Served, serving } from '#core/access/serve.ts';
import { lockYears, writeArchived } from '#core/calendar/period.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { assertIsOver } from '#domain/calendar/archived-year.ts';
import { yearArchived, yearUnarchived } from '#domain/filing/reminder.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { recomputeBalance } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';
import { listUnfinished, type Unfinished } from './archive.store.ts';
import { collectionToChange, getCollection, periodShape } from './collection.act.ts';
import { findCollectionById, listAsked, recordOfCollection } from './collection.store.ts';
import { tellOfCollection } from './collection-notice.act.ts';

const on = serving<FilingHandle>();

/** A school year is archived and opened again. `features` say what of it is not ended. */
export function filingArchiveRoutes(features: () => readonly Feature[]): readonly Served[] {
  return [
    on(periods.previewArchiving, async (ctx, { params }) => {
      const collection = await findCollectionById(ctx.db, params.periodId);
      if (!collection) throw problem('thing.notFound', { what: '个填报周期' });
      const { periodId, endsOn } = collection;
      const unfinished = await listUnfinished(ctx.db, features(), { periodId, places: ctx.scope.places });
      return { isOver: endsOn < ctx.today, endsOn, unfinished };
    }),

    on(periods.archive, async (ctx, { params }) => {
      const collection = await collectionToChange(ctx, params.periodId);
      const { id, periodId, name, schoolYear, state } = collection;
      if (state === 'open') throw problem('period.notClosed', { name });
      assertIsOver(collection, ctx.today);
      await lockYears(ctx.db);
      const unfinished = await listUnfinished(ctx.db, features(), { periodId, places: ctx.scope.places });
      const barring = unfinished
        .filter(({ bars }) => bars)
        .map((row) => `${inWords(row)}${row.way === null ? '' : `，${row.way}`}`);
      if (barring.length > 0) throw problem('period.unfinished', { name: schoolYearName(schoolYear), barring });
      const archived = { archivedOn: ctx.today, archivedBy: signatureOf(ctx.actor) };
      await writeArchived(ctx.db, periodId, { on: archived.archivedOn, byName: archived.archivedBy });
      const counties = await listAsked(ctx.db, ctx.scope.places, id);
      const about = { id, name: schoolYearName(schoolYear), counties, schools: [] };
      await tellOfCollection(ctx, yearArchived, { ...about, note: '此后只能查阅和导出' });
      const left = unfinished.map(inWords);
      const states = { before: { archivedOn: null }, after: { archivedOn: ctx.today, schoolYear, unfinished: left } };
      await ctx.record(recordOfCollection(id, 'period.archived', states));
      return periodShape({ ...collection, ...archived }, ctx.today);
    }),

    on(periods.unarchive, async (ctx, { params, body: { reason } }) => {
      const collection = await getCollection(ctx, params.periodId);
      const { id, periodId, schoolYear, archivedOn } = collection;
      if (archivedOn === null) throw problem('period.notArchived', { name: schoolYearName(schoolYear) });
      await writeArchived(ctx.db, periodId, null);
      const counties = await listAsked(ctx.db, ctx.scope.places, id);
      // A standard or a formula that came meanwhile asked nothing of the archived year.
      for (const countyId of counties) {
        await ctx.enqueue(recomputeBalance, { places: [countyId], countyId, periodId });
      }
      const about = { id, name: schoolYearName(schoolYear), counties, schools: [] };
      await tellOfCollection(ctx, yearUnarchived, { ...about, note: reason });
      const states = { before: { archivedOn }, after: { archivedOn: null, schoolYear, reason } };
      await ctx.record(recordOfCollection(id, 'period.unarchived', states));
      return periodShape({ ...collection, archivedOn: null, archivedBy: null }, ctx.today);
    }),
  ];
}

const inWords = ({ count, title, names }: Unfinished) =>
  `${count} ${title}${names.length === 0 ? '' : `（${names.join('、')}）`}`;
