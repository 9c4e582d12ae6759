import * as home from '#contract/home/home.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { deadlinesOf, progressOf, workOf } from './home.shape.ts';
import {
  balanceCounts,
  type HomeHandle,
  lockedAccounts,
  type PeriodStanding,
  peopleWithoutRole,
  periodStandings,
  referenceDate,
  unansweredReminder,
  unitCounts,
  waitingRoleChanges,
} from './home.store.ts';

const on = serving<HomeHandle>();

type HomeContext = Context<HomeHandle>;

export const homeRoutes = [
  on(home.frame, async (ctx) => {
    const [periods, today] = await Promise.all([
      seesFilings(ctx) ? periodStandings(ctx.db, dayInChina(ctx.now)) : [],
      todayOf(ctx),
    ]);
    const current = periods.find((period) => period.is_default);
    const work = await waiting(ctx, current, undefined, today);
    return {
      today,
      years: periods.map(({ school_year, state }) => ({ schoolYear: school_year, state: state as 'open' })),
      currentYear: current?.school_year ?? null,
      waiting: work.length,
    };
  }),

  on(home.overview, async (ctx, { query }) => {
    const [periods, today] = await Promise.all([periodStandings(ctx.db, dayInChina(ctx.now)), todayOf(ctx)]);
    const period = periods.find(({ is_default, school_year }) =>
      query.year === undefined ? is_default : school_year === query.year,
    );
    if (!seesFilings(ctx) || period === undefined) {
      return {
        work: await waiting(ctx, undefined, undefined, today),
        deadlines: [],
        reminder: null,
        progress: null,
        balance: null,
        next: null,
      };
    }
    // A school's filing may lie with the county that it has left: its work is not narrowed to where it lies now.
    const narrows = ctx.scope.schools === null && ctx.scope.places.includes(query.unitId ?? -1);
    const unitId = narrows ? query.unitId : undefined;
    const [units, balance, reminder] = await Promise.all([
      unitCounts(ctx.db, ctx.scope, { periodId: period.id, unitId, today }),
      ctx.actor.level === 'school' || !holds(ctx.actor, 'balance.read')
        ? null
        : balanceCounts(ctx.db, ctx.scope, period.id),
      period.state === 'open' ? unansweredReminder(ctx.db, ctx.scope, period.id) : undefined,
    ]);
    const deadlines = deadlinesOf(ctx.actor, period, units, today);
    const coming = deadlines.find((line) => line.daysLeft >= 0);
    return {
      work: workOf(ctx.actor, units, today),
      deadlines,
      reminder: reminder ? { ...reminder, at: reminder.at.toISOString() } : null,
      progress: units.length > 0 ? progressOf(units) : null,
      balance,
      next: coming ? { stage: coming.stage, name: coming.name, date: coming.date } : null,
    };
  }),
];

/** Everybody with a place does; a token only when it was given this part of its owner's permissions. */
function seesFilings(ctx: HomeContext): boolean {
  return ctx.actor.level !== 'none' && holds(ctx.actor, 'filing.read');
}

/** The administrators see no business: their work lies in the accounts and in the audit itself. */
async function waiting(
  ctx: HomeContext,
  period: PeriodStanding | undefined,
  unitId: number | undefined,
  today: string,
) {
  if (ctx.actor.permissions.has('people.manage')) {
    const count = await lockedAccounts(ctx.db, ctx.now);
    return count > 0 ? [{ kind: 'accounts' as const, count, oldestDays: null, filingId: null }] : [];
  }
  if (ctx.actor.permissions.has('role.grant')) {
    const { count } = await peopleWithoutRole(ctx.db);
    const grants = count > 0 ? [{ kind: 'grants' as const, count, oldestDays: null, filingId: null }] : [];
    return [...(await roleChanges(ctx)), ...grants];
  }
  // What takes effect by itself does so under the eyes of the 审计管理员.
  if (ctx.actor.permissions.has('audit.read')) return roleChanges(ctx);
  if (!seesFilings(ctx) || period === undefined) return [];
  return workOf(ctx.actor, await unitCounts(ctx.db, ctx.scope, { periodId: period.id, unitId, today }), today);
}

async function roleChanges(ctx: HomeContext) {
  const count = await waitingRoleChanges(ctx.db);
  return count > 0 ? [{ kind: 'roleChanges' as const, count, oldestDays: null, filingId: null }] : [];
}

async function todayOf(ctx: HomeContext): Promise<string> {
  return (await referenceDate(ctx.db)) ?? dayInChina(ctx.now);
}
