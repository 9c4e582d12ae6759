import type { z } from 'zod';
import type { writtenItem } from '#contract/work-plans/plans.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Context } from '#core/access/serve.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { newId } from '#platform/ids/new-id.ts';
import { contentOf } from './item.act.ts';
import { insertItems, listItems, type StoredItem, writeItem } from './item.store.ts';
import { distribute } from './part.act.ts';
import type { PartRow } from './part.store.ts';
import { recordOfItem } from './plan.act.ts';
import { type PlanRow, updatePlan, type WorkPlanHandle } from './work-plan.store.ts';

type Ctx = Context<WorkPlanHandle>;

/** What every amendment ends with: the plan's next revision, and the copies at the counties. */
export async function amended(ctx: Ctx, plan: PlanRow, itemId: string, reason: string | null) {
  const revision = await updatePlan(ctx.db, plan, {});
  const counties = plan.state === 'issued' ? await distribute(ctx, plan, reason) : 0;
  return { itemId, revision, counties };
}

/** A county's item that carries out what the city issued to it. */
export function itemOfPart({ id: partId, heading, number, text, fromDay, toDay }: PartRow): StoredItem {
  return {
    ...{ id: newId(), partId, heading, number, text, fromDay, toDay },
    ...{ countyReach: 'none', cityManaged: false, units: [], ties: [] },
  };
}

/**
 * Puts what the city issued later at the end of a locked plan of the county. In an issued plan the reason of each item is
 * the plan from which it comes.
 * @returns how many items there are now
 */
export async function takeParts(ctx: Ctx, plan: PlanRow, parts: readonly PartRow[]): Promise<number> {
  const present = await listItems(ctx.db, ctx.scope, [plan.id]);
  assertRoomFor('planItems', present.length + parts.length - 1);
  const items = parts.map((part) => ({
    ...itemOfPart(part),
    reason: plan.state === 'issued' ? `市里下达：${part.planTitle}` : null,
  }));
  await insertItems(ctx.db, plan, items, present.length);
  for (const { id, text, reason } of items) await ctx.record(recordOfItem(plan, id, 'added', { text, reason }));
  await updatePlan(ctx.db, plan, {});
  return present.length + items.length;
}

/** Adds an item at the end of a locked plan; `meetingId` is the meeting that decided it. */
export async function addItem(
  ctx: Ctx,
  features: readonly Feature[],
  plan: PlanRow,
  item: z.output<typeof writtenItem>,
  { reason, meetingId = null }: { readonly reason: string | null; readonly meetingId?: string | null },
) {
  const [content] = await contentOf(ctx, features, [item]);
  const id = newId();
  const present = await listItems(ctx.db, ctx.scope, [plan.id]);
  assertRoomFor('planItems', present.length);
  await writeItem(ctx.db, plan, { ...content!, id, reason, meetingId }, present.length + 1);
  await ctx.record(recordOfItem(plan, id, 'added', { text: item.text, reason, meeting: meetingId }));
  return amended(ctx, plan, id, reason);
}
