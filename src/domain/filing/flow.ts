import type { Actor } from '#domain/access/actor.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { Flow, Transition } from '#domain/flow/flow.ts';
import { next, obstacles, permitted } from '#domain/flow/flow.ts';
import { undoAction } from '#domain/flow/undo.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { type FilingState, filingStates, filingStateTitles } from './state.ts';

export const filingActions = [
  'fill',
  'submit',
  'withdraw',
  'return',
  'check',
  'uncheck',
  'approve',
  'accept',
  'reopen',
  'extend',
  'remind',
  'comment',
] as const;
export type FilingAction = (typeof filingActions)[number];

/**
 * The acts that can be taken back within a minute: every act that leaves a step. An extension and a reminder are sent
 * with a day or a text that was read before, and the school may have read them.
 */
export const undoableFilingActions = [
  'submit',
  'withdraw',
  'return',
  'check',
  'uncheck',
  'approve',
  'accept',
  'reopen',
] as const satisfies readonly FilingAction[];

/** The acts that move a filing from one state to another and leave a step. */
export type FilingStepAction = Exclude<(typeof undoableFilingActions)[number], 'check' | 'uncheck'>;

export const filingActionTitles: Readonly<Record<FilingAction, string>> = {
  fill: '填写',
  submit: '提交',
  withdraw: '撤回',
  return: '退回',
  check: '核过',
  uncheck: '取消核过',
  approve: '批准',
  accept: '接收',
  reopen: '重新开放',
  extend: '延期',
  remind: '催报',
  comment: '批注',
};

/**
 * The title of a step by the act that it holds; an act that the flow no longer knows is shown by its stored name.
 * @param action as `steps` keeps it
 */
export function stepTitle(action: string): string {
  if (action === undoAction) return '撤销';
  return filingActionTitles[action as FilingAction] ?? action;
}

/** The facts about a filing that the flow needs. */
export interface FilingSubject {
  readonly state: FilingState;
  readonly countyId: number;
  readonly schoolId: number;
  /** Who reviews: the county of location, or the city for a 市直 school. */
  readonly managedBy: ManagingLevel;
  /**
   * Whether the school has active accounts that may submit, `head` with the permission to sign and `clerk` without it.
   * They decide who submits.
   */
  readonly accounts: { readonly head: boolean; readonly clerk: boolean };
  readonly hardFindings: number;
  readonly unexplained: number;
  /** Whether the filing was ever submitted. The deadline never closes such a filing again. */
  readonly submittedBefore: boolean;
  /** Whether a higher level has sent it back or reopened it, and has not approved it since. */
  readonly sentBack: boolean;
  /** Somebody who may not approve has looked at it and leaves it to whoever approves. */
  readonly checked: boolean;
  /** Only chosen fields were sent back; the others are locked. */
  readonly partlyOpen: boolean;
  readonly closed: boolean;
  readonly extended: boolean;
  readonly periodOpen: boolean;
  /** The period's first day while it lies ahead, else null. */
  readonly opensLater: Day | null;
  /** The year and the day on which it was archived; null while it takes writes. Nobody acts on what is archived. */
  readonly archived: { readonly name: string; readonly day: Day } | null;
  /** The school and why it owes the filing no longer; null where it does. Nobody acts on what is not owed. */
  readonly released: { readonly schoolName: string; readonly reason: string } | null;
}

type Line = Transition<FilingState, FilingAction, FilingSubject, Actor>;
type Relation = (subject: FilingSubject, actor: Actor) => boolean;

const ofSchool: Relation = (subject, actor) => actor.level === 'school' && actor.schoolId === subject.schoolId;
const ofCounty: Relation = (subject, actor) =>
  actor.level === 'county' && actor.unitId === subject.countyId && subject.managedBy === 'county';
const ofCity: Relation = (_subject, actor) => actor.level === 'city';
/** The level that reviews: the county for its own schools, the city for the schools that it runs itself. */
const ofReviewer: Relation = (subject, actor) => (subject.managedBy === 'city' ? ofCity : ofCounty)(subject, actor);
const ofReviewerOrCity: Relation = (subject, actor) => ofReviewer(subject, actor) || ofCity(subject, actor);
const managed = (by: ManagingLevel) => (subject: FilingSubject) => subject.managedBy === by;

function all(permission: Permission, ...relations: Relation[]): Relation {
  return (subject, actor) => holds(actor, permission) && relations.every((relation) => relation(subject, actor));
}

/**
 * Whoever signs for the school submits: the head, and any other role that holds `filing.sign`. Where nobody who signs has
 * an account, everybody of the school who may submit does. The reviewing level submits where the school has nobody.
 */
const submitter: Relation = (subject, actor) => {
  if (!holds(actor, 'filing.submit')) return false;
  if (ofSchool(subject, actor)) return holds(actor, 'filing.sign') || !subject.accounts.head;
  return ofReviewer(subject, actor) && !subject.accounts.head && !subject.accounts.clerk;
};

const filler: Relation = (subject, actor) =>
  holds(actor, 'filing.fill') && (ofSchool(subject, actor) || ofReviewer(subject, actor));

/** Everybody who works on the filing: the school that fills, the level that reviews, and the city above both. */
const involved: Relation = (subject, actor) => ofSchool(subject, actor) || ofReviewerOrCity(subject, actor);
const commenter: Relation = (subject, actor) =>
  (holds(actor, 'filing.fill') || holds(actor, 'filing.return')) && involved(subject, actor);

/**
 * Whoever reviews and may not approve checks: the check hands the filing on to the person who approves. A person who may
 * approve decides at once.
 */
const checker: Relation = (subject, actor) =>
  holds(actor, 'filing.return') && !holds(actor, 'filing.approve') && ofReviewer(subject, actor);

/** A one-off extension keeps an ended period open for this one filing until the day of the extension. */
const ended = (subject: FilingSubject) => !subject.periodOpen && !(subject.extended && !subject.closed);

function fillGuard(subject: FilingSubject): Problem[] {
  if (subject.opensLater !== null) return [problem('filing.notBegun', { day: subject.opensLater })];
  return ended(subject) && !subject.submittedBefore ? [problem('filing.periodClosed')] : [];
}

function submitGuard(subject: FilingSubject): Problem[] {
  const found = fillGuard(subject);
  if (subject.closed && !subject.submittedBefore) found.push(problem('filing.pastDeadline'));
  if (subject.hardFindings > 0) found.push(problem('filing.hardFindings', { count: subject.hardFindings }));
  if (subject.unexplained > 0) found.push(problem('filing.unexplained', { count: subject.unexplained }));
  return found;
}

/**
 * When the time is over, a filing that was never sent back cannot be withdrawn: it would have to be submitted again,
 * and nobody may do that any more.
 */
function withdrawGuard(subject: FilingSubject): Problem[] {
  const over = subject.closed || ended(subject);
  return over && !subject.sentBack ? [problem('filing.withdrawTooLate')] : [];
}

/** Reminders go to the list of an open period. A single school with an extension is contacted directly. */
function remindGuard(subject: FilingSubject): Problem[] {
  return subject.periodOpen ? fillGuard(subject) : [problem('filing.periodClosed')];
}

/**
 * The deadline applies to the first submission. A filing that was sent back later has no deadline that could be
 * extended.
 */
function extendGuard(subject: FilingSubject): Problem[] {
  if (subject.submittedBefore) return [problem('filing.noDeadline')];
  return subject.extended ? [problem('filing.alreadyExtended')] : [];
}

const stands = ({ released, archived }: FilingSubject) => released === null && archived === null;

const line = (
  from: FilingState,
  action: FilingAction,
  to: FilingState,
  by: Relation,
  guard?: (subject: FilingSubject) => Problem[],
): Line => (guard ? { from, action, to, by, guard } : { from, action, to, by });

const lines: readonly Line[] = [
  line('draft', 'fill', 'draft', filler, fillGuard),
  line('draft', 'submit', 'submitted', submitter, submitGuard),
  line('submitted', 'withdraw', 'draft', submitter, withdrawGuard),
  line('submitted', 'return', 'draft', all('filing.return', ofReviewer)),
  // A return of chosen fields can prove too narrow; then the reviewer sends more fields back.
  { ...line('draft', 'return', 'draft', all('filing.return', ofReviewerOrCity)), when: (s) => s.partlyOpen },
  { ...line('submitted', 'check', 'submitted', checker), when: (s) => !s.checked },
  { ...line('submitted', 'uncheck', 'submitted', checker), when: (s) => s.checked },
  line('submitted', 'approve', 'approved', all('filing.approve', ofReviewer, managed('county'))),
  line('submitted', 'approve', 'accepted', all('filing.approve', ofReviewer, managed('city'))),
  line('approved', 'return', 'draft', all('filing.return', ofCity)),
  line('approved', 'reopen', 'draft', all('filing.reopen', ofReviewer)),
  line('approved', 'accept', 'accepted', all('filing.accept', ofCity)),
  line('accepted', 'reopen', 'draft', all('filing.reopen', ofCity)),
  line('draft', 'extend', 'draft', all('filing.extend', ofReviewer), extendGuard),
  line('draft', 'remind', 'draft', all('filing.remind', involved), remindGuard),
  ...filingStates.map((state) => line(state, 'comment', state, commenter)),
];

/**
 * The yearly filing: 填报中 → 待审核 → 已批准 (县) → 已接收 (市). For 市直 schools the city's approval is the acceptance. The approver
 * may reopen until the next level has accepted; after that only the next level may. If the city returns an approved
 * filing, it goes straight back to the school. A check (核过) moves nothing. A return of chosen fields can be widened
 * while the school works on it. Nobody acts on a filing that the school no longer owes, or of a year that was archived.
 */
export const filingFlow: Flow<FilingState, FilingAction, FilingSubject, Actor> = {
  actions: filingActions,
  transitions: lines.map((each) => ({ ...each, when: (s) => stands(s) && (each.when?.(s) ?? true) })),
  refuse(action, subject, actor, reason) {
    if (subject.archived !== null) return problem('year.archived', subject.archived);
    if (subject.released !== null) return problem('filing.owesNothing', subject.released);
    if (reason === 'state') {
      return problem('flow.notInState', {
        what: '份填报',
        action: filingActionTitles[action],
        state: subject.checked ? `${filingStateTitles[subject.state]}（已核过）` : filingStateTitles[subject.state],
      });
    }
    return problem('flow.notYours', {
      what: '份填报',
      action: filingActionTitles[action],
      whose: whose(action, subject, actor),
    });
  },
};

/** The person who may do an act, in words, so that a refusal names whom to ask. */
function whose(action: FilingAction, subject: FilingSubject, actor: Actor): string {
  const reviewer = subject.managedBy === 'city' ? '市级督导干部' : '县级督导干部';
  switch (action) {
    case 'submit':
    case 'withdraw':
      if (subject.accounts.head) return '本校校长等有签发权限的人员';
      return subject.accounts.clerk ? '本校填报员' : reviewer;
    case 'approve':
      return subject.managedBy === 'city' ? '市级督导干部' : '县级督导室主任';
    case 'accept':
      return '市级督导干部';
    case 'reopen':
      return subject.state === 'accepted' || subject.managedBy === 'city' ? '市级督导干部' : '县级督导室主任';
    case 'return':
      return subject.state === 'approved' ? '市级督导干部' : reviewer;
    case 'fill':
      return actor.level === 'school' ? '本校填报员' : `本校填报员或${reviewer}`;
    default:
      return reviewer;
  }
}

/** The state to which an act leads, or the problem that forbids it. */
export function nextFilingState(action: FilingAction, subject: FilingSubject, actor: Actor) {
  return next(filingFlow, action, subject, actor);
}

/** `can` of every reply about a filing; only submitting is shown while something still stands in its way. */
export function permittedFilingActs(subject: FilingSubject, actor: Actor): Record<FilingAction, boolean> {
  return permitted(filingFlow, subject, actor, ['submit']);
}

/** Why this person cannot type although the person may fill filings in this state: a sentence for the form, or null. */
export function fillObstacle(subject: FilingSubject, actor: Actor): string | null {
  return obstacles(filingFlow, 'fill', subject, actor)[0]?.message ?? null;
}

/** Why submitting would be refused although this person may submit: sentences for the button. */
export function submitObstacles(subject: FilingSubject, actor: Actor): string[] {
  return obstacles(filingFlow, 'submit', subject, actor).map((each) => each.message);
}
