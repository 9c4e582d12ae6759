import * as series from '#contract/official-documents/series.ts';
import { serving } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { officeOf } from '#domain/letter/office.ts';
import { newId } from '#platform/ids/new-id.ts';
import { findUnitName } from '../letter.detail.store.ts';
import type { LetterHandle } from '../letter.store.ts';
import {
  findCodePlace,
  findSeries,
  insertSeries,
  listManagingRoles,
  listSeries,
  type SeriesRow,
  seriesRevised,
  updateSeries,
  writeFirstNumber,
} from './series.store.ts';

const on = serving<LetterHandle>();
const what = '个机关代字';

export const letterSeriesRoutes = [
  on(series.series, async (ctx, { query }) => {
    const year = query.year ?? Number(ctx.today.slice(0, 4));
    const rows = await listSeries(ctx.db, ctx.actor.unitId ?? 0, year);
    return {
      ...{ year, rows: rows.map(({ placeId: _, ...row }) => row), mayManage: holds(ctx.actor, 'letter.manage') },
      office: officeOf(await findUnitName(ctx.db, ctx.actor.unitId ?? 0)),
      managedBy: await listManagingRoles(ctx.db, ctx.actor.level),
    };
  }),

  on(series.openSeries, async (ctx, { body }) => {
    const one = { ...body, id: newId(), placeId: placeOf(ctx.actor) };
    const holder = await findCodePlace(ctx.db, one.placeId, body.code);
    if (holder !== null) throw problem('letter.codeElsewhere', { code: body.code, place: holder });
    if (!(await insertSeries(ctx.db, one))) throw problem('letter.seriesTaken', { code: body.code });
    const { code, head, signer, printedBy } = body;
    await ctx.record(recordOfSeries(one, 'seriesOpened', { after: { seriesCode: code, head, signer, printedBy } }));
    return { id: one.id };
  }),

  on(series.changeSeries, async (ctx, { params, body: { revision, ...change } }) => {
    const one = await findSeries(ctx.db, placeOf(ctx.actor), params.seriesId);
    if (!one) throw problem('thing.notFound', { what });
    const keys = (['head', 'signer', 'printedBy', 'active'] as const).filter((key) => one[key] !== change[key]);
    if (keys.length === 0) throw problem('thing.nothingChanges', { what: `机关代字“${one.code}”` });
    if (!(await updateSeries(ctx.db, one, revision, change))) {
      throw await changedMeanwhile(ctx, `机关代字“${one.code}”`, one, seriesRevised);
    }
    const pick = (of: Pick<SeriesRow, (typeof keys)[number]>) => Object.fromEntries(keys.map((key) => [key, of[key]]));
    await ctx.record(recordOfSeries(one, 'seriesChanged', { fields: keys, before: pick(one), after: pick(change) }));
    return { id: one.id };
  }),

  on(series.beginSeries, async (ctx, { params, body }) => {
    const one = await findSeries(ctx.db, placeOf(ctx.actor), params.seriesId);
    if (!one) throw problem('thing.notFound', { what });
    if (!(await writeFirstNumber(ctx.db, one, body))) {
      throw problem('letter.seriesUsed', { code: one.code, year: body.year });
    }
    await ctx.record(
      recordOfSeries(one, 'seriesBegun', {
        after: { seriesCode: one.code, numberYear: body.year, firstNumber: body.first },
      }),
    );
    return { id: one.id };
  }),
];

function placeOf(actor: Actor): number {
  if (actor.unitId === null || (actor.level !== 'city' && actor.level !== 'county')) throw problem('access.denied');
  return actor.unitId;
}

function recordOfSeries(
  { id, placeId }: Pick<SeriesRow, 'id' | 'placeId'>,
  done: string,
  more: Pick<AuditEntry, 'fields' | 'before' | 'after'>,
): AuditEntry {
  return { action: `letter.${done}`, objectType: 'letter-series', objectId: id, placeId, ...more };
}
