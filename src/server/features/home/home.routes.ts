import * as home from '#contract/home/home.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { holds, placesMeant, type Scope } from '#domain/access/actor.ts';
import { deadlinesOf, progressOf, workOf } from './home.shape.ts';
import {
  balanceCounts,
  type HomeHandle,
  lockedAccounts,
  type PeriodStanding,
  peopleWithoutRole,
  periodStandings,
  unansweredReminder,
  unitCounts,
  waitingRoleChanges,
} from './home.store.ts';

const on = serving<HomeHandle>();

type HomeContext = Context<HomeHandle>;

export const homeRoutes = [
  on(home.frame, async (ctx) => {
    const periods = seesFilings(ctx) ? await periodStandings(ctx.db, ctx.today) : [];
    const current = periods.find((period) => period.isDefault);
    const work = await waiting(ctx, current, undefined);
    return {
      today: ctx.today,
      years: periods.map(({ schoolYear, state }) => ({ schoolYear, state })),
      currentYear: current?.schoolYear ?? null,
      waiting: work.length,
    };
  }),

  on(home.overview, async (ctx, { query }) => {
    const { today } = ctx;
    const periods = await periodStandings(ctx.db, today);
    const period = periods.find(({ isDefault, schoolYear }) =>
      query.year === undefined ? isDefault : schoolYear === query.year,
    );
    if (!seesFilings(ctx) || period === undefined) {
      return {
        work: await waiting(ctx, undefined, undefined),
        deadlines: [],
        reminder: null,
        progress: null,
        balance: null,
        next: null,
      };
    }
    const [units, balance, reminder] = await Promise.all([
      unitCounts(ctx.db, reachOf(ctx, query.unitId), { collectionId: period.id, today }),
      ctx.actor.level === 'school' || !holds(ctx.actor, 'balance.read')
        ? null
        : balanceCounts(ctx.db, ctx.scope, period.periodId),
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
async function waiting(ctx: HomeContext, period: PeriodStanding | undefined, unitId: number | undefined) {
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
  return workOf(
    ctx.actor,
    await unitCounts(ctx.db, reachOf(ctx, unitId), { collectionId: period.id, today: ctx.today }),
    ctx.today,
  );
}

/** A school's filing may lie with the county that it has left: its work is not narrowed to where it lies now. */
function reachOf(ctx: HomeContext, unitId: number | undefined): Scope {
  if (ctx.scope.schools !== null) return ctx.scope;
  return { ...ctx.scope, places: placesMeant(ctx.scope, ctx.actor, unitId) };
}

async function roleChanges(ctx: HomeContext) {
  const count = await waitingRoleChanges(ctx.db);
  return count > 0 ? [{ kind: 'roleChanges' as const, count, oldestDays: null, filingId: null }] : [];
}
