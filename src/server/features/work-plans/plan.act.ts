import type { z } from 'zod';
import type { planDetail, planRow } from '#contract/work-plans/plans.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Context } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import type { Workflow } from '#core/workflow/advance.act.ts';
import { next, permitted } from '#domain/flow/flow.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { type WorkPlanAction, workPlanFlow } from '#domain/work-plan/flow.ts';
import type { WorkPlanState } from '#domain/work-plan/plan.ts';
import { presentItems, tieKindsOf } from './item.act.ts';
import { listItems } from './item.store.ts';
import { distribute } from './part.act.ts';
import { listKnownUnits, listSchoolYears } from './register.store.ts';
import { findPlan, lockPlan, type PlanRow, updatePlan, type WorkPlanHandle } from './work-plan.store.ts';

type Ctx = Context<WorkPlanHandle>;

const what = '份工作计划';

export async function loadPlan(ctx: Ctx, id: string): Promise<PlanRow> {
  const plan = await findPlan(ctx.db, ctx.scope, id);
  if (!plan) throw problem('thing.notFound', { what });
  return plan;
}

/**
 * The plan, locked for an act that leaves its state as it is, after the flow has allowed it.
 * @param revision what the person read; without it the act does no harm to a plan that has changed
 */
export async function lockForAct(ctx: Ctx, id: string, action: WorkPlanAction, revision?: number): Promise<PlanRow> {
  const plan = await lockPlan(ctx.db, ctx.scope, id);
  if (!plan) throw problem('thing.notFound', { what });
  if (revision !== undefined && plan.revision !== revision) throw await overtaken(plan, ctx);
  const step = next(workPlanFlow, action, plan, ctx.actor);
  ctx.authorize(step.ok, step.ok ? undefined : step.problem);
  return plan;
}

const inPlans = 'work_plans';

/** What changes the row of a plan: its own acts, and those on its items. */
export const planRevised = {
  plan: {
    ...{ table: inPlans, type: 'work-plan' },
    acts: ['drafted', 'saved', 'issued', 'closed', 'cancelled'].map((done) => `work-plan.${done}`),
  },
  item: {
    ...{ table: inPlans, type: 'work-item' },
    acts: ['added', 'changed', 'withdrawn'].map((done) => `work-item.${done}`),
  },
} satisfies Record<string, Revised>;

async function overtaken({ id, placeId }: PlanRow, ctx: Ctx): Promise<Problem> {
  const items = await listItems(ctx.db, ctx.scope, [id]);
  const last = await lastChange(
    ctx,
    placeId,
    { ...planRevised.plan, ids: [id] },
    { ...planRevised.item, ids: items.map((item) => item.id) },
  );
  return problem('thing.changed', { what: '这份工作计划', last });
}

/** The audit row of an act on a plan. */
export function recordOfPlan(
  { id, placeId, title }: Pick<PlanRow, 'id' | 'placeId' | 'title'>,
  action: string,
  more: Pick<AuditEntry, 'before' | 'after'> = {},
): AuditEntry {
  return {
    action: `work-plan.${action}`,
    objectType: 'work-plan',
    objectId: id,
    placeId,
    ...more,
    after: { title, ...more.after },
  };
}

/** The audit row of an act on an item. */
export function recordOfItem(
  { placeId }: Pick<PlanRow, 'placeId'>,
  itemId: string,
  action: string,
  after: Record<string, unknown>,
): AuditEntry {
  return { action: `work-item.${action}`, objectType: 'work-item', objectId: itemId, placeId, after };
}

export function presentPlan({
  type: _type,
  schoolId: _schoolId,
  sourceText: _sourceText,
  ...plan
}: PlanRow): z.output<typeof planRow> {
  return plan;
}

export async function presentDetail(
  ctx: Ctx,
  features: readonly Feature[],
  plan: PlanRow,
): Promise<z.output<typeof planDetail>> {
  const known = await listKnownUnits(ctx.db, ctx.scope, plan.placeId, plan.year);
  const items = await listItems(ctx.db, ctx.scope, [plan.id]);
  const counties = known.filter(({ kind }) => kind === 'county');
  const years = await listSchoolYears(ctx.db);
  return {
    plan: presentPlan(plan),
    sourceText: plan.state === 'draft' ? plan.sourceText : '',
    items: await presentItems(ctx, features, [plan], items, counties),
    known: known.map(({ names, ...unit }) => ({ ...unit, names: [...names] })),
    tieKinds: tieKindsOf(features),
    tieYears: years.map(({ year }) => year),
    can: permitted(workPlanFlow, plan, ctx.actor, ['issue']),
  };
}

type StepAction = 'issue' | 'close' | 'cancel';

/** How a plan goes from draft to its end. Nobody judges another's signature: a plan is its office's own act. */
export const planWorkflow: Workflow<PlanRow, WorkPlanState, StepAction, Ctx> = {
  what,
  signing: null,
  async lock(ctx, ids) {
    const found = await lockPlan(ctx.db, ctx.scope, ids[0] ?? '');
    return found ? [found] : [];
  },
  ask: (ctx, plan, action) => next(workPlanFlow, action, plan, ctx.actor),
  overtaken,
  apply(ctx, _plan, { reason }, to) {
    if (to === 'issued') return { issuedOn: ctx.today };
    return to === 'closed' ? { closedOn: ctx.today } : { reason: reason ?? null };
  },
  async write(ctx, moves) {
    const [move] = moves;
    if (!move) return [];
    const revision = await updatePlan(ctx.db, move.row, { ...move.set, state: move.to });
    return [{ ...move.set, id: move.row.id, state: move.to, revision }];
  },
  record: (_ctx, { row, to }, { action, reason }) =>
    recordOfPlan(row, { issue: 'issued', close: 'closed', cancel: 'cancelled' }[action], {
      before: { state: row.state },
      after: { state: to, ...(reason === undefined ? {} : { reason }) },
    }),
  async follow(ctx, [move]) {
    if (move && move.to !== 'closed')
      await distribute(ctx, { ...move.row, ...move.set, state: move.to }, move.set.reason);
  },
};
