import { type Actor, holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { DutyType, FindingSeverity } from '#domain/flow/finding.ts';
import { type Flow, type Next, next, permitted, type Transition } from '#domain/flow/flow.ts';
import { undoAction } from '#domain/flow/undo.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { type FindingLevel, type FindingState, findingStateTitles, openFindingStates, owingStates } from './state.ts';

export const findingActions = [
  'edit',
  'divide',
  'notice',
  'plan',
  'report',
  'check',
  'reject',
  'close',
  'reopen',
  'ask',
  'withdraw',
  'decide',
  'handOver',
  'acknowledge',
  'attach',
  'cancel',
] as const;
export type FindingAction = (typeof findingActions)[number];

/** The acts that move a finding and leave a step. The others change it where it stands. */
export const findingStepActions = [
  'notice',
  'plan',
  'report',
  'check',
  'reject',
  'close',
  'reopen',
  'handOver',
  'cancel',
] as const satisfies readonly FindingAction[];
export type FindingStepAction = (typeof findingStepActions)[number];

/** The acts that can be taken back for ten seconds: a judgement of the one who checks, which nobody was told of yet. */
export const undoableFindingActions = ['check', 'reject'] as const satisfies readonly FindingStepAction[];
export type UndoableFindingAction = (typeof undoableFindingActions)[number];

export const findingActionTitles: Readonly<Record<FindingAction, string>> = {
  edit: '修改',
  divide: '分列子问题',
  notice: '下发',
  plan: '制定整改措施',
  report: '报告整改完成',
  check: '核查通过',
  reject: '退回整改',
  close: '销号',
  reopen: '重新整改',
  ask: '申请延期',
  withdraw: '撤回延期申请',
  decide: '审批延期',
  handOver: '移交',
  acknowledge: '签收紧急隐患',
  attach: '增减佐证材料',
  cancel: '取消',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...findingActionTitles,
  [undoAction]: '撤销',
  entered: '录入',
  raised: '转入台账',
  imported: '导入',
  escalated: '逾期升级',
  endangered: '隐患升级',
  extensionGranted: '同意延期',
  extensionRefused: '不同意延期',
  extensionWithdrawn: '撤回延期申请',
  held: '复查合格',
  recounted: '期限重新计算',
  workPassed: '移交责任',
  // Until November 2026 the same step had this name.
  personChanged: '移交责任',
};

/** The title of a step by the act that it holds; an act that is not known any more is shown by its stored name. */
export function findingStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}

/** The facts about a finding that the flow needs. */
export interface FindingSubject {
  readonly state: FindingState;
  readonly placeId: number;
  readonly severity: FindingSeverity;
  readonly openedLevel: FindingLevel;
  readonly dutyType: DutyType;
  /**
   * The school that has the duty now: where the finding's school was merged, its host. Null for other duty bodies, and where
   * the school has ended without a host.
   */
  readonly dutySchoolId: number | null;
  /** Who runs the school of the finding: 市直 schools answer to the city. */
  readonly managedBy: ManagingLevel;
  /** Whether somebody of the duty school can sign in and the school goes on. Otherwise the level that runs it acts for it. */
  readonly hasAccounts: boolean;
  /** Parts of the finding that are not closed yet. */
  readonly openParts: number;
  /** A question for more time waits for an answer. */
  readonly asked: boolean;
  /** Levels at which a person has acknowledged the danger. */
  readonly acknowledged: readonly FindingLevel[];
}

/**
 * Facts of a subject that are looked up beside the finding, each with a question of its own, so that an act looks up only
 * those that it asks.
 */
export const findingFacts = ['dutySchoolId', 'hasAccounts', 'openParts', 'asked', 'acknowledged'] as const;
export type FindingFact = (typeof findingFacts)[number];

const ofDutyFacts = ['dutySchoolId', 'hasAccounts'] as const;
const factsAsked: Partial<Record<FindingAction, readonly FindingFact[]>> = {
  plan: ofDutyFacts,
  report: ofDutyFacts,
  attach: ofDutyFacts,
  ask: [...ofDutyFacts, 'asked'],
  withdraw: [...ofDutyFacts, 'asked'],
  decide: ['asked'],
  close: ['openParts'],
  acknowledge: ['acknowledged'],
};

/** The facts beside a finding that the flow asks to judge this act, whoever wants to do it. */
export function factsFor(action: FindingAction): readonly FindingFact[] {
  return factsAsked[action] ?? [];
}

type Line = Transition<FindingState, FindingAction, FindingSubject, Actor>;
type Relation = (subject: FindingSubject, actor: Actor) => boolean;
type Opened = Pick<FindingSubject, 'openedLevel' | 'placeId'>;

const ofCity: Relation = (_subject, actor) => actor.level === 'city';
const ofCounty = (subject: Pick<FindingSubject, 'placeId'>, actor: Actor): boolean =>
  actor.level === 'county' && actor.unitId === subject.placeId;
/** The level that opened it, or one above: a county never closes what the city has opened. */
export function isOfOpener(subject: Opened, actor: Actor): boolean {
  return actor.level === 'city' || (subject.openedLevel === 'county' && ofCounty(subject, actor));
}
const ofOpener: Relation = isOfOpener;
/** The county in which it lies, for its own people, and the city. */
const ofPlace: Relation = (subject, actor) => ofCounty(subject, actor) || ofCity(subject, actor);

/**
 * The duty body: the school, or its host after a merger; for a unit or a section the people of its place. For a school
 * in which nobody can sign in, or that has ended without a host, the level that runs it acts.
 */
const ofDuty: Relation = (subject, actor) => {
  if (subject.dutyType !== 'school') return actor.unitId === subject.placeId && actor.level !== 'school';
  if (actor.level === 'school') return actor.schoolId !== null && actor.schoolId === subject.dutySchoolId;
  if (subject.hasAccounts) return false;
  return subject.managedBy === 'city' ? ofCity(subject, actor) : ofCounty(subject, actor);
};

function all(permission: Permission, relation: Relation): Relation {
  return (subject, actor) => holds(actor, permission) && relation(subject, actor);
}

const enters = all('rectification.enter', ofOpener);
const plans = all('rectification.plan', ofDuty);
const checks = all('rectification.check', ofOpener);
const closes = all('rectification.close', ofOpener);
const proves = all('rectification.prove', ofOpener);

/** Whoever opened it gives up what was only entered; a finding that was sent out is given up by whoever closes. */
const cancels: Relation = (subject, actor) => (subject.state === 'found' ? enters : closes)(subject, actor);

/** Whoever opened it shows what was found and how it was checked. */
const shows: Relation = (subject, actor) => enters(subject, actor) || checks(subject, actor);
/** While measures are under way the duty body shows what it has done; what it reported stays as it was. */
const provides: Relation = (subject, actor) => plans(subject, actor) || shows(subject, actor);

/** A person of this level that has not acknowledged the danger yet. */
const acknowledges: Relation = (subject, actor) =>
  holds(actor, 'rectification.check') &&
  ofPlace(subject, actor) &&
  !subject.acknowledged.includes(actor.level as FindingLevel);

function openPartsGuard(subject: FindingSubject): Problem[] {
  return subject.openParts > 0 ? [problem('finding.openParts', { parts: subject.openParts })] : [];
}

function askGuard(subject: FindingSubject): Problem[] {
  return subject.asked ? [problem('finding.extensionWaits')] : [];
}

function decideGuard(subject: FindingSubject): Problem[] {
  return subject.asked ? [] : [problem('finding.noExtension')];
}

const line = (
  from: FindingState,
  action: FindingAction,
  to: FindingState,
  by: Relation,
  guard?: (subject: FindingSubject) => Problem[],
): Line => (guard ? { from, action, to, by, guard } : { from, action, to, by });

const lines: readonly Line[] = [
  line('found', 'edit', 'found', enters),
  line('found', 'notice', 'noticed', enters),
  line('noticed', 'plan', 'planned', plans),
  line('planned', 'plan', 'planned', plans),
  line('reopened', 'plan', 'planned', plans),
  line('planned', 'report', 'done', plans),
  line('done', 'check', 'checked', checks),
  line('done', 'reject', 'reopened', checks),
  line('checked', 'reject', 'reopened', checks),
  line('checked', 'close', 'closed', closes, openPartsGuard),
  line('closed', 'reopen', 'reopened', proves),
  ...owingStates.map((state) => line(state, 'ask', state, plans, askGuard)),
  ...owingStates.map((state) => line(state, 'withdraw', state, plans, decideGuard)),
  ...owingStates.map((state) => line(state, 'decide', state, checks, decideGuard)),
  ...owingStates.map((state) => line(state, 'handOver', 'noticed', enters)),
  ...openFindingStates.map((state) =>
    line(state, 'attach', state, state === 'planned' || state === 'reopened' ? provides : shows),
  ),
  ...openFindingStates.map((state) => line(state, 'cancel', 'cancelled', cancels)),
  ...openFindingStates.map((state) => line(state, 'divide', state, enters)),
  ...openFindingStates.map(
    (state): Line => ({ ...line(state, 'acknowledge', state, acknowledges), when: (s) => s.severity === 'urgent' }),
  ),
];

/**
 * 问题台账 (教育督导条例, 国务院令第 624 号, 第二十一、二十二条: an opinion sets a time limit, the inspected unit reports, and the
 * inspectorate checks it; 销号 is the practice of the offices): 待下发 → 待制定措施 → 整改中 → 待核查 → 待销号 → 已销号, or back to
 * 重新整改. Opening, checking, more time, handing over, giving up and closing belong to the level that opened it or one
 * above; plan, report and question to the duty body.
 */
export const findingFlow: Flow<FindingState, FindingAction, FindingSubject, Actor> = {
  actions: findingActions,
  transitions: lines,
  refuse(action, subject, actor, reason) {
    const what = '个问题';
    const title = findingActionTitles[action];
    if (reason === 'state') {
      return problem('flow.notInState', { what, action: title, state: findingStateTitles[subject.state] });
    }
    if (action === 'acknowledge' && subject.acknowledged.includes(actor.level as FindingLevel)) {
      return problem('finding.acknowledged');
    }
    const whom = whose(action, subject);
    if (action === 'attach')
      return problem('flow.notYours', { what: `${what}的佐证材料`, action: '增减', whose: whom });
    return problem('flow.notYours', { what, action: title, whose: whom });
  },
};

function whose(action: FindingAction, subject: FindingSubject): string {
  const opener = subject.openedLevel === 'city' ? '市级督导机构' : '县级督导机构或市级督导机构';
  switch (action) {
    case 'plan':
    case 'report':
    case 'ask':
    case 'withdraw':
      return subject.dutyType === 'school' ? '责任学校' : '责任单位';
    case 'close':
      return `${opener}有销号权限的人员`;
    case 'attach':
      return subject.state === 'planned' || subject.state === 'reopened' ? `责任主体、${opener}` : opener;
    case 'acknowledge':
      return '问题所在地县级或市级督导机构';
    default:
      return opener;
  }
}

/** The state to which the act of this person leads, or why it is refused. */
export function nextFindingState(action: FindingAction, subject: FindingSubject, actor: Actor): Next<FindingState> {
  return next(findingFlow, action, subject, actor);
}

/** What this person may do now. `close` is shown although parts are open, and says so. */
export function permittedFindingActs(subject: FindingSubject, actor: Actor): Record<FindingAction, boolean> {
  return permitted(findingFlow, subject, actor, ['close']);
}

/**
 * Which acts sign a finding and which judge: who reports does not check, send back or close; checking and closing may be
 * one hand. A finding that goes back to the duty body begins a new round.
 * @param action the act that is about to be done
 */
export function findingSigning(action: FindingStepAction): {
  readonly signs: readonly FindingStepAction[];
  readonly returns: readonly FindingStepAction[];
  readonly judging: readonly FindingStepAction[];
} | null {
  const judging = ['check', 'reject', 'close'] as const;
  if (!(judging as readonly string[]).includes(action)) return null;
  return {
    signs: ['report', action],
    returns: ['reject', 'reopen', 'handOver'].filter((one) => one !== action) as FindingStepAction[],
    judging: [action],
  };
}

/** The acts whose hands may not prove a closed finding again. */
export const provedActions: readonly string[] = ['report', 'check', 'close'];
