import type { Context } from '#core/access/serve.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { type ItemRow, listItems } from './item.store.ts';
import { listPartsOf, type PartContent, type PartRow, writeParts, writeWithdrawn } from './part.store.ts';
import { listKnownUnits } from './register.store.ts';
import type { PlanRow, WorkPlanHandle } from './work-plan.store.ts';

type Ctx = Context<WorkPlanHandle>;

/** What a county gets of an item; undefined where the item is not about it. */
function partOf(item: ItemRow, countyId: number): PartContent | undefined {
  if (item.state === 'withdrawn' || item.countyReach === 'none') return undefined;
  const isNamed = item.units.some(({ part, unitId }) => part === 'named' && unitId === countyId);
  if (item.countyReach === 'named' && !isNamed) return undefined;
  const { id: itemId, position, heading, number, text, fromDay, toDay } = item;
  const named = isNamed || item.countyReach === 'all';
  return { placeId: countyId, itemId, position, heading, number, text, fromDay, toDay, named };
}

const compared = ['position', 'heading', 'number', 'text', 'fromDay', 'toDay', 'named'] as const;

/**
 * Brings the copies at the counties in line with an issued plan of the city: new ones are written, changed ones written
 * anew, and those of items that were withdrawn or name the county no more are marked. Every county of which something
 * changed is told. A county's own plan is copied to nobody.
 * @returns the number of counties that are told
 */
export async function distribute(ctx: Ctx, plan: PlanRow, reason?: string | null): Promise<number> {
  const counties = (await listKnownUnits(ctx.db, ctx.scope, plan.placeId, plan.year)).filter(
    ({ kind, id }) => kind === 'county' && id !== plan.placeId,
  );
  if (counties.length === 0 || ctx.actor.level !== 'city') return 0;
  const items = plan.state === 'cancelled' ? [] : await listItems(ctx.db, ctx.scope, [plan.id]);
  const wanted = items.flatMap((item) => counties.flatMap(({ id }) => partOf(item, id) ?? []));
  const present = await listPartsOf(ctx.db, ctx.scope, plan);
  const presentOf = new Map(present.map((part) => [`${part.placeId} ${part.itemId}`, part]));
  const keyOf = (part: PartContent) => `${part.placeId} ${part.itemId}`;
  const differs = (part: PartContent, before: PartRow | undefined) =>
    before === undefined || before.state === 'withdrawn' || compared.some((key) => part[key] !== before[key]);
  const changed = wanted.filter((part) => differs(part, presentOf.get(keyOf(part))));
  const standing = new Set(wanted.map(keyOf));
  const gone = present.filter((part) => part.state === 'standing' && !standing.has(keyOf(part)));
  await writeParts(ctx.db, plan, changed, ctx.today);
  await writeWithdrawn(ctx.db, gone, ctx.today);
  // Items that only moved down are no news to anybody.
  const isNews = (part: PartContent) => {
    const before = presentOf.get(keyOf(part));
    return (
      before === undefined ||
      before.state === 'withdrawn' ||
      compared.some((key) => key !== 'position' && part[key] !== before[key])
    );
  };
  const told = [...new Set([...changed.filter(isNews), ...gone].map(({ placeId }) => placeId))].sort((a, b) => a - b);
  const isFirst = present.length === 0;
  await writeNotices(ctx.db, {
    kind: plan.state === 'cancelled' ? 'work-plan.cancelled' : isFirst ? 'work-plan.issued' : 'work-plan.amended',
    subjects: told.map((placeId) => ({ type: 'work-plan', id: plan.id, placeId, schoolId: null })),
    ...{ actor: ctx.actor, now: ctx.now, note: reason ?? null },
  });
  return told.length;
}
