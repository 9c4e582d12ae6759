import { holder } from '#core/access/holder.ts';
import { next } from '#domain/flow/flow.ts';
import { problem } from '#domain/kit/problem.ts';
import { workPlanFlow } from '#domain/work-plan/flow.ts';
import { findNote } from './item.store.ts';
import { loadPlan } from './plan.act.ts';
import type { WorkPlanHandle } from './work-plan.store.ts';

/** Files that prove a note: its author brings them while the plan takes notes; whoever reads the plan opens them. */
export const noteHolder = holder<WorkPlanHandle>({
  read: 'work-plan.read',
  attach: ['work-plan.note'],
  judges: ['work-plan.write', 'work-plan.issue'],
  async may(ctx, noteId, act) {
    const note = await findNote(ctx.db, ctx.scope, noteId);
    if (!note) throw problem('thing.notFound', { what: '条落实记录' });
    if (act === 'read') return note;
    const step = next(workPlanFlow, 'note', await loadPlan(ctx, note.planId), ctx.actor);
    ctx.authorize(step.ok, step.ok ? undefined : step.problem);
    const notYours = { what: '条落实记录的附件', action: '增减', whose: '记录人本人' };
    ctx.authorize(note.authorId === ctx.actor.userId, problem('flow.notYours', notYours));
    return note;
  },
});
