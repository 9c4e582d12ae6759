import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { item as itemShape, tieKind, writtenItem } from '#contract/work-plans/plans.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Context } from '#core/access/serve.ts';
import type { Asking, FulfilmentRow, TieRow } from '#core/access/work.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Count, standingOf, sumOf } from '#domain/work-plan/progress.ts';
import { listFulfilments } from './fulfilment.store.ts';
import type { ItemContent, ItemRow } from './item.store.ts';
import { listSchoolYears, type NamedUnit } from './register.store.ts';
import type { PlanRow, WorkPlanHandle } from './work-plan.store.ts';

type Ctx = Context<WorkPlanHandle>;
export type PresentedItem = z.output<typeof itemShape>;

/** Every kind of work by which items can be counted, with its title. */
export function tieKindsOf(features: readonly Feature[]): z.output<typeof tieKind>[] {
  return features.flatMap(({ fulfils }) =>
    Object.entries(fulfils?.kinds ?? {}).map(([kind, title]) => ({ kind, title })),
  );
}

/** A feature is asked as the home page asks it, for no year of its own: the ties carry theirs. */
const askingOf = ({ actor, scope, now, today }: Ctx): Asking => ({
  ...{ actor, scope, meant: scope, now, today },
  ...{ schoolYear: null, calendarYear: null },
});

/** The units at which the work of an item is counted: of a county's plan the county, otherwise those that it names, or all. */
function unitsOf(item: ItemRow, plan: Pick<PlanRow, 'placeId'>, counties: readonly NamedUnit[]): number[] {
  if (counties.some(({ id }) => id === plan.placeId)) return [plan.placeId];
  const named = item.units.flatMap(({ part, unitId }) => (part === 'named' && unitId !== null ? [unitId] : []));
  const known = counties.filter(({ id }) => named.includes(id)).map(({ id }) => id);
  return item.countyReach === 'all' || known.length === 0 ? counties.map(({ id }) => id) : known;
}

/**
 * Items as the person may see them, with what is counted of each: one statement for all ties of all these plans. What the
 * person may not see is neither done nor undone.
 * @param counties the counties in reach
 */
export async function presentItems(
  ctx: Ctx,
  features: readonly Feature[],
  plans: readonly PlanRow[],
  items: readonly ItemRow[],
  counties: readonly NamedUnit[],
): Promise<PresentedItem[]> {
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  const asked: TieRow[] = items.flatMap((item) =>
    item.ties.flatMap(({ id, kind, periodId }) =>
      unitsOf(item, planOf.get(item.planId)!, counties).map((unit) => ({ tie: id, kind, unit, period: periodId })),
    ),
  );
  const { rows, hidden } = await listFulfilments(ctx.db, features, askingOf(ctx), asked);
  const byTie = new Map<string, FulfilmentRow[]>();
  for (const row of rows) byTie.set(row.tie, [...(byTie.get(row.tie) ?? []), row]);
  const titles = new Map(tieKindsOf(features).map(({ kind, title }) => [kind, title]));
  const names = new Map(counties.map(({ id, name }) => [id, name]));
  return items.map(({ placeId: _, notes, ties, ...item }) => {
    const shown = ties.map(({ id, kind, year }) => ({
      ...{ id, kind, year, title: titles.get(kind) ?? kind, visible: titles.has(kind) && !hidden.has(kind) },
      units: (byTie.get(id) ?? []).map(({ unitId, done, total, lastDay }) => ({
        ...{ unitId, name: names.get(unitId) ?? '', done, total, lastDay },
      })),
    }));
    const counts = shown.map(({ visible, units }) => (visible ? (sumOf(units) ?? nothing) : null));
    return {
      ...item,
      units: item.units.map((unit) => ({ ...unit })),
      ties: shown,
      notes: notes.map(({ itemId: _item, at, ...note }) => ({ ...note, at: at.toISOString() })),
      standing: standingOf({ state: item.state, toDay: item.toDay, counts, noted: notes.length > 0 }, ctx.today),
      count: sumOf(counts),
    };
  });
}

const nothing: Count = { done: 0, total: 0, lastDay: null };

/** Whether an item says already what a person writes of it. */
export function saysAlready(item: ItemRow, content: ItemContent): boolean {
  const tiesOf = ({ ties }: Pick<ItemContent, 'ties'>) =>
    ties.map(({ kind, periodId }) => `${kind} ${periodId}`).sort();
  const said = ({
    heading,
    number,
    text,
    fromDay,
    toDay,
    countyReach,
    cityManaged,
    units,
  }: Omit<ItemContent, 'ties'>) => ({
    ...{ heading, number, text, fromDay, toDay, countyReach, cityManaged },
    units: units.map(({ part, written, unitId }) => ({ part, written, unitId })),
  });
  return isDeepStrictEqual([said(item), tiesOf(item)], [said(content), tiesOf(content)]);
}

/** Written items ready to be stored: kinds that somebody counts, school years that are written down, days in order. */
export async function contentOf(
  ctx: Ctx,
  features: readonly Feature[],
  items: readonly z.output<typeof writtenItem>[],
): Promise<ItemContent[]> {
  const kinds = new Set(tieKindsOf(features).map(({ kind }) => kind));
  const years = items.some(({ ties }) => ties.length > 0) ? await listSchoolYears(ctx.db) : [];
  return items.map((item) => {
    if (item.fromDay !== null && item.toDay !== null && item.toDay < item.fromDay) {
      throw problem('workPlan.daysOutOfOrder', { text: item.text.slice(0, 20) });
    }
    const ties = item.ties.map(({ kind, year }) => {
      if (!kinds.has(kind)) throw problem('workItem.unknownTie', { kind });
      const period = years.find((one) => one.year === year);
      if (!period) throw problem('workItem.noPeriod', { year });
      return { kind, periodId: period.periodId };
    });
    const distinct = new Map(ties.map((tie) => [`${tie.kind} ${tie.periodId}`, tie]));
    return { ...item, ties: [...distinct.values()] };
  });
}
