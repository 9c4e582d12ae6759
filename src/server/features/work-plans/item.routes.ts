import * as items from '#contract/work-plans/items.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { addItem, amended } from './amendment.act.ts';
import { contentOf, saysAlready } from './item.act.ts';
import { countNotes, type ItemRow, insertNote, listItems, updateItemState, writeItem } from './item.store.ts';
import { lockForAct, recordOfItem } from './plan.act.ts';
import type { PlanRow, WorkPlanHandle } from './work-plan.store.ts';

const on = serving<WorkPlanHandle>();
type Ctx = Context<WorkPlanHandle>;

/** Acts on single items of an issued plan: amendments with a reason, and notes of what was done. */
export function itemRoutes(features: () => readonly Feature[]): readonly Served[] {
  return [
    on(items.add, async (ctx, { params, body: { revision, reason, item } }) => {
      const plan = await lockForAct(ctx, params.planId, 'amend', revision);
      return addItem(ctx, features(), plan, item, { reason });
    }),

    on(items.change, async (ctx, { params, body: { revision, reason, item, position } }) => {
      const plan = await lockForAct(ctx, params.planId, 'amend', revision);
      const before = await openItem(ctx, plan, params.itemId, '调整');
      const [content] = await contentOf(ctx, features(), [item]);
      if (saysAlready(before, content!) && (position ?? before.position) === before.position) {
        throw problem('thing.nothingChanges', { what: '这项任务' });
      }
      await writeItem(ctx.db, plan, { ...content!, id: before.id, reason }, position ?? before.position);
      const entry = recordOfItem(plan, before.id, 'changed', { text: item.text, toDay: item.toDay, reason });
      await ctx.record({ ...entry, before: { text: before.text, toDay: before.toDay } });
      return amended(ctx, plan, before.id, reason);
    }),

    on(items.withdraw, async (ctx, { params, body: { revision, reason } }) => {
      const plan = await lockForAct(ctx, params.planId, 'amend', revision);
      const item = await openItem(ctx, plan, params.itemId, '撤出');
      await updateItemState(ctx.db, item, 'withdrawn', reason);
      await ctx.record(recordOfItem(plan, item.id, 'withdrawn', { text: item.text, reason }));
      return amended(ctx, plan, item.id, reason);
    }),

    on(items.write, async (ctx, { params, body }) => {
      const plan = await lockForAct(ctx, params.planId, 'note');
      const item = await openItem(ctx, plan, params.itemId, '记录落实情况');
      if (body.settles && item.ties.length > 0) throw problem('workItem.counted');
      const { actor, now } = ctx;
      const written = await countNotes(ctx.db, item, { authorId: actor.userId, now });
      assertRoomFor('notes', written.all);
      assertRoomFor('notesAnHour', written.own);
      const said = { ...body, author: signatureOf(actor), authorId: actor.userId, at: now };
      const note = await insertNote(ctx.db, item, said);
      if (body.settles) await updateItemState(ctx.db, item, 'settled', item.reason);
      await ctx.record(
        recordOfItem(plan, item.id, body.settles ? 'settled' : 'noted', { about: body.day, writtenNote: note.id }),
      );
      const { itemId: _, ...shown } = note;
      return { ...shown, at: note.at.toISOString() };
    }),

    on(items.reopen, async (ctx, { params, body: { reason } }) => {
      const plan = await lockForAct(ctx, params.planId, 'note');
      const item = await findItem(ctx, plan, params.itemId);
      if (item.state !== 'settled') throw problem('workItem.notOpen', { state: '没有认定完成', action: '撤回认定' });
      await updateItemState(ctx.db, item, 'open', item.reason);
      await ctx.record(recordOfItem(plan, item.id, 'reopened', { reason }));
      return { done: true as const };
    }),
  ];
}

async function findItem(ctx: Ctx, plan: PlanRow, id: string): Promise<ItemRow> {
  const found = (await listItems(ctx.db, ctx.scope, [plan.id])).find((item) => item.id === id);
  if (!found) throw problem('thing.notFound', { what: '项任务' });
  return found;
}

async function openItem(ctx: Ctx, plan: PlanRow, id: string, action: string): Promise<ItemRow> {
  const item = await findItem(ctx, plan, id);
  if (item.state === 'withdrawn') throw problem('workItem.notOpen', { state: '已经撤出计划', action });
  return item;
}
