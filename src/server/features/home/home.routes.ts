import * as home from '#contract/home/home.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import type { Asking } from '#core/access/work.ts';
import { placesMeant, type Scope } from '#domain/access/actor.ts';
import type { YearKind } from '#domain/calendar/period.ts';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import {
  type AskedYear,
  findUnansweredNotice,
  type HomeHandle,
  listDeadlines,
  listHolders,
  listSteps,
  listWorkAndFigures,
  listWorkAndUnread,
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
      const years = await listYears(ctx.db, features, askingOf(ctx, noYears));
      const meant = yearsMeant(years);
      const { work, unread } = await listWorkAndUnread(ctx.db, features, askingOf(ctx, meant));
      return {
        today: ctx.today,
        years: ofKind(years, 'school-year').map(({ year, state, begins, archivedOn }) => ({
          ...{ schoolYear: year, state, opensOn: begins },
          ...(archivedOn === null ? {} : { archivedOn }),
        })),
        currentYear: meant.schoolYear,
        waiting: work.length,
        unread,
      };
    }),

    on(home.beginning, async (ctx) => {
      const steps = await listSteps(ctx.db, features);
      if (steps.some(({ last, count, needed }) => last && count >= needed)) return { steps: null };
      const holders = await listHolders(ctx.db, [...new Set(steps.flatMap(({ doers }) => doers))]);
      return {
        steps: steps.map(({ kind, count, proposed, needed, doers }) => ({
          ...{ kind, count, proposed, needed, done: count >= needed },
          doers: doers.map((permission) => ({
            permission,
            holders: holders.flatMap((one) =>
              one.permission === permission ? [{ name: one.name, phone: one.phone }] : [],
            ),
          })),
        })),
      };
    }),

    on(home.overview, async (ctx, { query }) => {
      const years = await listYears(ctx.db, features, askingOf(ctx, noYears));
      const asking = askingOf(ctx, yearsMeant(years, query.year), query.unitId);
      const [{ work, handedOver, figures }, deadlines, notice] = await Promise.all([
        listWorkAndFigures(ctx.db, features, asking),
        listDeadlines(ctx.db, features, asking),
        findUnansweredNotice(ctx.db, features, asking),
      ]);
      const coming = deadlines.find(({ daysLeft }) => daysLeft >= 0);
      return {
        work,
        handedOver,
        deadlines,
        notice: notice ? { ...notice, at: notice.at.toISOString() } : null,
        figures,
        next: coming ? { kind: coming.kind, name: coming.name, date: coming.date } : null,
      };
    }),
  ];
}

type YearsMeant = Pick<Asking, 'schoolYear' | 'calendarYear'>;

const noYears: YearsMeant = { schoolYear: null, calendarYear: null };

const ofKind = (years: readonly AskedYear[], kind: YearKind) => years.filter((year) => year.kind === kind);

/**
 * The school year that is named, if anything was asked in it. Without a name, and for the calendar year, it is the
 * newest that has begun, or else the newest; a year that was passed over only where there is no other.
 */
function yearsMeant(years: readonly AskedYear[], named?: SchoolYear): YearsMeant {
  const schoolYears = ofKind(years, 'school-year');
  const school = named === undefined ? newestOf(schoolYears) : schoolYears.find(({ year }) => year === named);
  return { schoolYear: school?.year ?? null, calendarYear: newestOf(ofKind(years, 'calendar-year'))?.year ?? null };
}

function newestOf(years: readonly AskedYear[]): AskedYear | undefined {
  const lasting = years.filter(({ passedOver }) => !passedOver);
  const [newest = years[0]] = lasting;
  return lasting.find(({ begun }) => begun) ?? newest;
}

function askingOf(ctx: Context<HomeHandle>, years: YearsMeant, unitId?: number): Asking {
  const { actor, scope, now, today } = ctx;
  // A school's subject may lie with the county that it has left: what is its own is not narrowed to where it lies now.
  const places = placesMeant(scope, actor, unitId);
  const meant = scope.schools === null || places.length === 0 ? { ...scope, places } : scope;
  // Nobody works for a school that was merged into another: what it filed is read where it lies.
  const own = <Reach extends Scope>(reach: Reach) =>
    actor.schoolId === null ? reach : { ...reach, schools: [actor.schoolId] };
  return { actor, scope: own(scope), meant: own(meant), now, today, ...years };
}
