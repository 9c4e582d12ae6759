import { type Actor, holds } from '#domain/access/actor.ts';
import type { Flow, Transition } from '#domain/flow/flow.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { type WorkPlanState, workPlanStateTitles } from './plan.ts';

export const workPlanActions = ['write', 'amend', 'note', 'issue', 'close', 'cancel'] as const;
export type WorkPlanAction = (typeof workPlanActions)[number];

const actionTitles: Readonly<Record<WorkPlanAction, string>> = {
  write: '修改',
  amend: '调整',
  note: '记录',
  issue: '印发',
  close: '结束',
  cancel: '撤销',
};

/** A plan as its rules see it. */
export interface PlanSubject {
  readonly state: WorkPlanState;
  /** The city or county whose plan it is. */
  readonly placeId: number;
  /** How many items stand in it. */
  readonly items: number;
}

type By = Transition<WorkPlanState, WorkPlanAction, PlanSubject, Actor>['by'];

/** A plan belongs to its place: the city reads the plans of its counties and writes none of them. */
const own = ({ placeId }: PlanSubject, actor: Actor) =>
  actor.unitId === placeId && (actor.level === 'city' || actor.level === 'county');
const writes: By = (plan, actor) => own(plan, actor) && holds(actor, 'work-plan.write');
const issues: By = (plan, actor) => own(plan, actor) && holds(actor, 'work-plan.issue');
const notes: By = (plan, actor) => own(plan, actor) && holds(actor, 'work-plan.note');
const hasItems = ({ items }: PlanSubject): Problem[] => (items === 0 ? [problem('workPlan.empty')] : []);

/** draft → issued → closed; a draft and an issued plan can be cancelled. A closed year is read only. */
export const workPlanFlow: Flow<WorkPlanState, WorkPlanAction, PlanSubject, Actor> = {
  actions: workPlanActions,
  transitions: [
    { from: 'draft', action: 'write', to: 'draft', by: writes },
    { from: 'draft', action: 'issue', to: 'issued', by: issues, guard: hasItems },
    { from: 'draft', action: 'cancel', to: 'cancelled', by: writes },
    { from: 'issued', action: 'amend', to: 'issued', by: issues },
    { from: 'issued', action: 'note', to: 'issued', by: notes },
    { from: 'issued', action: 'close', to: 'closed', by: issues },
    { from: 'issued', action: 'cancel', to: 'cancelled', by: issues },
  ],
  refuse(action, { state }, _actor, reason) {
    const what = '份工作计划';
    if (reason === 'actor') {
      return problem('flow.notYours', { what, action: actionTitles[action], whose: '计划所属单位有权限的岗位' });
    }
    return problem('flow.notInState', { what, action: actionTitles[action], state: workPlanStateTitles[state] });
  },
};
