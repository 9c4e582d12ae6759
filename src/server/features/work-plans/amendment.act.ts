import type { z } from 'zod';
import type { writtenItem } from '#contract/work-plans/plans.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Context } from '#core/access/serve.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { newId } from '#platform/ids/new-id.ts';
import { contentOf } from './item.act.ts';
import { listItems, writeItem } from './item.store.ts';
import { distribute } from './part.act.ts';
import { recordOfItem } from './plan.act.ts';
import { type PlanRow, updatePlan, type WorkPlanHandle } from './work-plan.store.ts';

type Ctx = Context<WorkPlanHandle>;

/** What every amendment ends with: the plan's next revision, and the copies at the counties. */
export async function amended(ctx: Ctx, plan: PlanRow, itemId: string, reason: string | null) {
  const revision = await updatePlan(ctx.db, plan, {});
  const counties = plan.state === 'issued' ? await distribute(ctx, plan, reason) : 0;
  return { itemId, revision, counties };
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
