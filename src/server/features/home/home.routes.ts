import * as home from '#contract/home/home.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import type { Asking } from '#core/access/work.ts';
import { placesMeant } from '#domain/access/actor.ts';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import {
  type AskedYear,
  findUnansweredNotice,
  type HomeHandle,
  listDeadlines,
  listWork,
  listWorkAndFigures,
  listYears,
} from './home.store.ts';

const on = serving<HomeHandle>();

/**
 * The home page of these features. Each kind of line is one statement over all of them, so that a page costs the same
 * however many features there are.
 */
export function homeRoutes(features: readonly Feature[]): readonly Served[] {
  return [
    on(home.frame, async (ctx) => {
      const years = await listYears(ctx.db, features, askingOf(ctx, null));
      const currentYear = yearMeant(years);
      const work = await listWork(ctx.db, features, askingOf(ctx, currentYear));
      return {
        today: ctx.today,
        years: years.map(({ schoolYear, state }) => ({ schoolYear, state })),
        currentYear,
        waiting: work.length,
      };
    }),

    on(home.overview, async (ctx, { query }) => {
      const years = await listYears(ctx.db, features, askingOf(ctx, null));
      const asking = askingOf(ctx, yearMeant(years, query.year), query.unitId);
      const [{ work, figures }, deadlines, notice] = await Promise.all([
        listWorkAndFigures(ctx.db, features, asking),
        listDeadlines(ctx.db, features, asking),
        findUnansweredNotice(ctx.db, features, asking),
      ]);
      const coming = deadlines.find(({ daysLeft }) => daysLeft >= 0);
      return {
        work,
        deadlines,
        notice: notice ? { ...notice, at: notice.at.toISOString() } : null,
        figures,
        next: coming ? { kind: coming.kind, name: coming.name, date: coming.date } : null,
      };
    }),
  ];
}

/** The year that is named, if anything was asked in it; without a name the newest that has begun, and else the newest. */
function yearMeant(years: readonly AskedYear[], named?: SchoolYear): SchoolYear | null {
  const meant =
    named === undefined
      ? (years.find(({ begun }) => begun) ?? years[0])
      : years.find(({ schoolYear }) => schoolYear === named);
  return meant?.schoolYear ?? null;
}

function askingOf(ctx: Context<HomeHandle>, year: SchoolYear | null, unitId?: number): Asking {
  const { actor, scope, now, today } = ctx;
  // A school's subject may lie with the county that it has left: what is its own is not narrowed to where it lies now.
  const meant = scope.schools === null ? { ...scope, places: placesMeant(scope, actor, unitId) } : scope;
  return { actor, scope, meant, now, today, year };
}
