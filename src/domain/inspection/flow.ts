import { type Actor, holds } from '../access/actor.ts';
import { ownHands } from '../access/signing.ts';
import type { Flow, Transition } from '../flow/flow.ts';
import { stepTitles, undoAction } from '../flow/undo.ts';
import { type Problem, problem } from '../kit/problem.ts';
import type { Day } from '../kit/school-year.ts';
import type { Requirement } from './eligibility.ts';
import { type InspectorKind, type InspectorState, inspectorStateTitles } from './inspector.ts';

export const inspectorActions = [
  'edit',
  'recommend',
  'review',
  'confirm',
  'publicise',
  'appoint',
  'renew',
  'letter',
  'paper',
  'return',
  'end',
  'withdraw',
  'reopen',
] as const;
export type InspectorAction = (typeof inspectorActions)[number];

/** The acts that leave a step and move an inspector, or give the next term. */
export type InspectorStepAction = Exclude<InspectorAction, 'edit' | 'letter' | 'paper'>;

export const inspectorActionTitles: Readonly<Record<InspectorAction, string>> = {
  edit: '修改登记表',
  recommend: '推荐',
  review: '审核通过',
  confirm: '复审通过',
  publicise: '公示',
  appoint: '公布聘任',
  renew: '续聘',
  letter: '拟聘书',
  paper: '登记材料',
  return: '退回',
  end: '办理离任',
  withdraw: '撤销',
  reopen: '重新登记',
};

/**
 * The acts that can be taken back for ten seconds: a judgement inside the office, and what ends an appointment that was never
 * announced. Nobody outside was told of them.
 */
export const undoableInspectorActions = [
  'review',
  'confirm',
  'return',
  'withdraw',
] as const satisfies readonly InspectorStepAction[];
export type UndoableInspectorAction = (typeof undoableInspectorActions)[number];

const storedTitles: Readonly<Record<string, string>> = {
  ...inspectorActionTitles,
  entered: '登记',
  [undoAction]: '撤销',
  imported: '名册导入',
};

/** The titles of steps by the acts that they hold; an act that is not known any more is shown by its stored name. */
export function inspectorStepTitles(actions: readonly string[]): string[] {
  return stepTitles(actions, (action) => storedTitles[action] ?? action);
}

/** An inspector as the flow sees him. */
export interface InspectorSubject {
  readonly state: InspectorState;
  readonly kind: InspectorKind;
  /** The unit that keeps him. */
  readonly placeId: number;
  readonly name: string;
  /** His own account, where he has one: nobody judges himself. */
  readonly personId: string | null;
  /** The requirements of his appointment, as they stand today. */
  readonly requirements: readonly Pick<Requirement, 'title' | 'standing'>[];
  /** The day on which he filled in his own form; null while he has not. */
  readonly filledOn: Day | null;
  /** Where the signed form on paper lies of somebody without an account, as it is said with the recommendation. */
  readonly paperForm?: string | null;
  /** The last day of the public notice. */
  readonly publicNoticeTo: Day | null;
  readonly today: Day;
}

type Line = Transition<InspectorState, InspectorAction, InspectorSubject, Actor>;
type By = Line['by'];

/** An inspector belongs to the unit that keeps him; the city reads those of its counties, and gives the second review. */
const own = ({ placeId }: InspectorSubject, actor: Actor) =>
  actor.unitId === placeId && (actor.level === 'city' || actor.level === 'county');
const writes: By = (one, actor) => own(one, actor) && holds(actor, 'inspector.write');
const reviews: By = (one, actor) => own(one, actor) && holds(actor, 'inspector.review');
const confirms: By = (one, actor) => (own(one, actor) || actor.level === 'city') && holds(actor, 'inspector.review');
const appoints: By = (one, actor) => own(one, actor) && holds(actor, 'inspector.appoint');
const returns: By = (one, actor) => {
  if (one.state === 'recommended') return reviews(one, actor);
  return one.state === 'reviewed' ? confirms(one, actor) : appoints(one, actor);
};

/**
 * Whether the form is the actor's own, or that of the person in whose post he stands. An entry without an account is known by
 * its name: otherwise taking the account off it would let somebody judge himself.
 */
export function isOwnForm({ personId, name }: Pick<InspectorSubject, 'personId' | 'name'>, actor: Actor): boolean {
  return personId === null ? ownNames(actor).includes(name) : ownHands(actor).includes(personId);
}

/** The names of whoever acts: his own, and that of the person in whose post he stands. */
export function ownNames({ name, principal }: Pick<Actor, 'name' | 'principal'>): string[] {
  return principal === null ? [name] : [name, principal.name];
}

const notOneself = (one: InspectorSubject, actor: Actor): Problem[] =>
  isOwnForm(one, actor) ? [problem('inspector.ownForm')] : [];

/** Whoever has an account fills in the own form first; of somebody without one it says where the form on paper lies. */
const filled = ({ personId, name, filledOn, paperForm }: InspectorSubject): Problem[] => {
  if (personId !== null) return filledOn === null ? [problem('inspector.notFilled', { name })] : [];
  return paperForm ? [] : [problem('inspector.paperForm', { name })];
};

/** A requirement that is not met bars the way, one that is not known yet bars the reviews (《教育督导条例》第七条). */
const eligible = (one: InspectorSubject): Problem[] => {
  const lacking = one.requirements.filter(({ standing }) => standing !== 'met');
  return lacking.length === 0 ? [] : [problem('inspector.notEligible', { titles: lacking.map(({ title }) => title) })];
};
/** A requirement that is not met bars the way; what nobody said yet bars nothing, also of somebody who came with a list. */
const notRuledOut =
  (code: 'inspector.notEligible' | 'inspector.notRenewable') =>
  ({ requirements }: InspectorSubject): Problem[] => {
    const titles = requirements.flatMap(({ standing, title }) => (standing === 'not-met' ? [title] : []));
    return titles.length === 0 ? [] : [problem(code, { titles })];
  };
/** The government appoints who works full time (《教育督导条例》, 国务院令第 624 号, 第六条); the inspectorate engages the others by its letter. */
const engaged = ({ kind }: InspectorSubject): Problem[] =>
  kind === 'full-time' ? [problem('inspector.letterFullTime')] : [];
const publicNoticeOver = ({ publicNoticeTo, today }: InspectorSubject): Problem[] =>
  publicNoticeTo !== null && publicNoticeTo >= today
    ? [problem('inspector.publicNoticeRunning', { until: publicNoticeTo })]
    : [];

const both =
  (...guards: readonly ((one: InspectorSubject, actor: Actor) => Problem[])[]) =>
  (one: InspectorSubject, actor: Actor) =>
    guards.flatMap((guard) => guard(one, actor));

/**
 * 聘任: 推荐 → 审核 → 公示 → 公布 (督学管理暂行办法, 教督〔2016〕2号), with a second review between 审核 and 公示. A second hand
 * reviews, a third confirms, and nobody judges his own form; what is sent back begins anew.
 */
export const inspectorFlow: Flow<InspectorState, InspectorAction, InspectorSubject, Actor> = {
  actions: inspectorActions,
  transitions: [
    { from: 'draft', action: 'edit', to: 'draft', by: writes, guard: notOneself },
    { from: 'serving', action: 'edit', to: 'serving', by: writes, guard: notOneself },
    {
      from: 'draft',
      action: 'recommend',
      to: 'recommended',
      by: writes,
      guard: both(notOneself, filled, notRuledOut('inspector.notEligible')),
    },
    { from: 'recommended', action: 'review', to: 'reviewed', by: reviews, guard: both(notOneself, eligible) },
    { from: 'reviewed', action: 'confirm', to: 'confirmed', by: confirms, guard: both(notOneself, eligible) },
    { from: 'confirmed', action: 'publicise', to: 'publicised', by: appoints, guard: notOneself },
    { from: 'publicised', action: 'appoint', to: 'serving', by: appoints, guard: both(notOneself, publicNoticeOver) },
    {
      from: 'serving',
      action: 'renew',
      to: 'serving',
      by: appoints,
      guard: both(notOneself, notRuledOut('inspector.notRenewable')),
    },
    // Whoever sends a letter does not sign it, so in an office of two the other one wants it.
    {
      from: 'serving',
      action: 'letter',
      to: 'serving',
      by: (one, actor) => writes(one, actor) || appoints(one, actor),
      guard: engaged,
    },
    { from: 'serving', action: 'paper', to: 'serving', by: writes },
    ...(['recommended', 'reviewed', 'confirmed', 'publicised'] as const).map(
      (from): Line => ({ from, action: 'return', to: 'draft', by: returns }),
    ),
    { from: 'serving', action: 'end', to: 'ended', by: appoints },
    { from: 'draft', action: 'withdraw', to: 'withdrawn', by: writes },
    ...(['recommended', 'reviewed', 'confirmed', 'publicised'] as const).map(
      (from): Line => ({ from, action: 'withdraw', to: 'withdrawn', by: appoints }),
    ),
    { from: 'ended', action: 'reopen', to: 'draft', by: writes },
    { from: 'withdrawn', action: 'reopen', to: 'draft', by: writes },
  ],
  refuse(action, { state }, _actor, reason) {
    const what = '名督学';
    const title = inspectorActionTitles[action];
    if (reason === 'actor') {
      const whose = action === 'confirm' ? '聘任单位或市级督导机构有复审权限的岗位' : '聘任单位有此权限的岗位';
      return problem('flow.notYours', { what, action: title, whose });
    }
    return problem('flow.notInState', { what, action: title, state: inspectorStateTitles[state] });
  },
};

/**
 * Which acts sign: whoever recommended does not review, and whoever reviewed does not give the second review; the one who
 * recommended may, because an office of two has nobody else. What goes back is judged anew.
 */
export function inspectorSigning(action: InspectorStepAction): {
  readonly signs: readonly InspectorStepAction[];
  readonly returns: readonly InspectorStepAction[];
  readonly judging: readonly InspectorStepAction[];
} | null {
  if (action === 'review')
    return { signs: ['recommend', 'review'], returns: ['return', 'reopen'], judging: ['review'] };
  if (action === 'confirm')
    return { signs: ['review', 'confirm'], returns: ['return', 'reopen'], judging: ['confirm'] };
  return null;
}
