import * as tracking from '#contract/balance-tracking/tracks.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { trackNoticeKinds } from '#domain/balance-tracking/notice.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import { publicationShape } from '../detail.act.ts';
import { yearMeant } from '../overview.act.ts';
import { listOurs, type TrackHandle } from '../published.store.ts';
import { findSchoolYear, getUnitName, listCounties, registerDay } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';
import { enterable, enterFigures } from './figures.act.ts';
import { figuresImporting } from './figures-import.act.ts';
import { figuresTemplate } from './figures-template.workbook.ts';
import { countPlanYears, findPlanYears, writePlanYear } from './plan-year.store.ts';
import { listPublications } from './publication.store.ts';

const on = serving<TrackHandle>();

export const trackFigureRoutes = [
  on(tracking.publications, async (ctx, { query }) => {
    const year = await yearMeant(ctx, query.year);
    const period = await findSchoolYear(ctx.db, year);
    const { standardName, indicators } = await enterable(ctx.db);
    const counties = await listCounties(ctx.db, ctx.scope, period ? registerDay(period) : ctx.today);
    const found = period ? await listPublications(ctx.db, ctx.scope, period.id, trackingRules.standard) : [];
    const ours = period ? await listOurs(ctx.db, ctx.scope, period.id, trackingRules.standard) : [];
    return {
      ...{ year, standardName, indicators: [...indicators] },
      rows: counties.map(({ id, name }) => {
        const publication = found.find(({ placeId }) => placeId === id);
        return {
          ...{ countyId: id, name, ours: ours.filter(({ countyId }) => countyId === id) },
          publication: publication === undefined ? null : publicationShape(publication),
        };
      }),
      mayEnter: ctx.actor.level === 'city' && holds(ctx.actor, 'tracking.manage') && period?.archivedOn === null,
    };
  }),

  on(tracking.recordFigures, async (ctx, { body }) => {
    const [entered] = await enterFigures(ctx, [body]);
    return { id: entered!.id };
  }),

  on(tracking.planYear, async (ctx, { body }) => {
    const { countyId, year, documentNumber, reason } = body;
    const county = (await listCounties(ctx.db, ctx.scope, ctx.today)).find(({ id }) => id === countyId);
    if (!county) throw problem('tracking.noCounty', { name: await getUnitName(ctx.db, countyId) });
    const planned = (await findPlanYears(ctx.db, { ...ctx.scope, places: [countyId] })).get(countyId);
    if (planned === year) throw problem('tracking.planUnchanged', { year });
    assertRoomFor('plannedYears', await countPlanYears(ctx.db, countyId));
    const { actor, now } = ctx;
    const { id, before } = await writePlanYear(ctx.db, {
      ...{ countyId, year, documentNumber, reason, by: actor.userId, byName: signatureOf(actor), at: now },
    });
    await ctx.record({
      ...{ action: 'track.planned', objectType: 'balance-plan-year', objectId: id, placeId: countyId },
      ...(before === null ? {} : { before: { plannedYear: before } }),
      after: { plannedYear: year, documentNumber, ...(reason === '' ? {} : { reason }) },
    });
    await writeNotices(ctx.db, {
      kind: trackNoticeKinds.planned,
      subjects: [{ type: 'balance-plan-year', id, placeId: countyId, schoolId: null }],
      ...{ actor, now, about: `${county.name}优质均衡计划年度`, note: `${year} 年（${documentNumber}）` },
    });
    return { id };
  }),

  on(tracking.figuresTemplate, async (ctx) =>
    workbookReply(
      '省公布数据模板.xlsx',
      figuresTemplate((await listCounties(ctx.db, ctx.scope, ctx.today)).map(({ name }) => name)),
      ctx.actor.userId,
    ),
  ),

  ...importing<TrackHandle>()(tracking.figuresImport, figuresImporting),
];
