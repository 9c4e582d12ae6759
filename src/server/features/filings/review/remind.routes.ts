import * as filings from '#contract/filings/filings.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { nextFilingState } from '#domain/filing/flow.ts';
import { onceADay, reminder } from '#domain/filing/reminder.ts';
import { problem } from '#domain/kit/problem.ts';
import { type CollectionRow, findCollection, recordOfCollection } from '../collection/collection.store.ts';
import { askedOf } from '../filing.act.ts';
import { subjectOf } from '../filing.shape.ts';
import type { FilingHandle } from '../filing.store.ts';
import { countRemindable, findRemindable, type RemindableGroup } from './remind.store.ts';

const on = serving<FilingHandle>();

export const filingRemindRoutes = [
  on(filings.remindable, async (ctx, { query }) => {
    const collection = await findCollection(ctx.db, { year: query.year, today: ctx.today });
    if (!collection) return { units: [], cityManaged: 0 };
    const groups = await countRemindable(ctx.db, ctx.scope, await askedOf(ctx, query));
    const mine = groups.filter(
      (group) => nextFilingState('remind', unfiledSubject(group, collection, ctx), ctx.actor).ok,
    );
    const others = groups.filter((group) => group.managedBy === 'city' && !mine.includes(group));
    return { units: sumByUnit(mine), cityManaged: others.reduce((sum, { schools }) => sum + schools, 0) };
  }),

  on(filings.remind, async (ctx, { body }) => {
    const { note = null, filingIds, ...filter } = body;
    const collection = await findCollection(ctx.db, { year: filter.year, today: ctx.today });
    if (!collection) throw problem('period.notOpen');
    assertTakesWrites(collection);
    if (collection.state !== 'open') throw problem('period.over', { name: collection.name });
    const owing = await findRemindable(ctx.db, ctx.scope, await askedOf(ctx, filter), filingIds);
    const mine = owing.filter((filing) => nextFilingState('remind', subjectOf(filing, ctx.today), ctx.actor).ok);
    // One click for all of a unit reminds only those whom this person may remind; a chosen school must be among them.
    ctx.authorize(filingIds === undefined || mine.length > 0);
    const { written, corrected } = await writeNotices(ctx.db, {
      ...{ kind: reminder, subjects: mine, actor: ctx.actor, now: ctx.now, note },
      about: collection.name,
      onceKey: onceADay(ctx.today),
    });
    const rowsOf = (subjects: typeof mine, said: object) =>
      [...groupByCounty(subjects)].map(([placeId, schools]) =>
        recordOfCollection(collection.id, 'filing.reminded', { placeId, after: { schools, note, ...said } }),
      );
    await ctx.recordAll([...rowsOf(written, {}), ...rowsOf(corrected, { corrected: true })]);
    return {
      reminded: written.length,
      corrected: corrected.length,
      skippedToday: mine.length - written.length - corrected.length,
      cityManaged: owing.filter((filing) => filing.managedBy === 'city' && !mine.includes(filing)).length,
    };
  }),
];

/**
 * A filing of the group, for the flow. Whether a reminder is allowed hangs on whose the filing is and on the year; the
 * facts in which filings of a group differ have no part in it and stand here as of a filing that nobody has begun.
 */
function unfiledSubject(group: RemindableGroup, year: CollectionRow, { today }: Pick<Context<FilingHandle>, 'today'>) {
  return {
    state: 'draft' as const,
    countyId: group.placeId,
    schoolId: group.schoolId,
    managedBy: group.managedBy,
    accounts: { head: false, clerk: false },
    hardFindings: 0,
    unexplained: 0,
    submittedBefore: false,
    sentBack: false,
    checked: false,
    partlyOpen: false,
    closed: false,
    extended: false,
    periodOpen: year.state === 'open',
    opensLater: year.opensOn > today ? year.opensOn : null,
    archived: null,
    released: null,
  };
}

/** The numbers of each unit that reviews, in the given order. */
function sumByUnit(groups: readonly RemindableGroup[]) {
  const units = new Map<number, Pick<RemindableGroup, 'unitId' | 'unitName' | 'managedBy' | 'schools'>>();
  for (const { unitId, unitName, managedBy, schools } of groups) {
    units.set(unitId, { unitId, unitName, managedBy, schools: schools + (units.get(unitId)?.schools ?? 0) });
  }
  return [...units.values()];
}

/** The ids of the schools, by county. */
function groupByCounty(list: readonly { placeId: number; schoolId: number }[]) {
  const groups = new Map<number, number[]>();
  for (const { placeId, schoolId } of list) groups.set(placeId, [...(groups.get(placeId) ?? []), schoolId]);
  return groups;
}
