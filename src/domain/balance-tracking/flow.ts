import { type Actor, holds } from '../access/actor.ts';
import { type Flow, type Next, next, permitted, type Transition } from '../flow/flow.ts';
import { undoAction } from '../flow/undo.ts';
import { type Problem, problem } from '../kit/problem.ts';
import { type LedgerCount, standingOf, type TrackState, trackStandingTitles } from './state.ts';

export const trackActions = [
  'record',
  'request',
  'fill',
  'prepare',
  'withdraw',
  'submit',
  'accept',
  'return',
  'reconsider',
  'list',
  'confirm',
  'close',
  'cancel',
] as const;
export type TrackAction = (typeof trackActions)[number];

export const trackActionTitles: Readonly<Record<TrackAction, string>> = {
  record: '录入省公布数据',
  request: '布置县级自评',
  fill: '填写自评报告',
  prepare: '送主任审核',
  withdraw: '撤回修改',
  submit: '提交自评报告',
  accept: '复核通过',
  return: '退回',
  reconsider: '撤回复核',
  list: '列出问题清单',
  confirm: '确认整改完成',
  close: '办结本年度',
  cancel: '取消跟踪',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...trackActionTitles,
  [undoAction]: '撤销',
  opened: '启动年度跟踪',
  revised: '更正省公布数据',
};

/** The title of a step by the act that it holds. */
export function trackStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}

/** The acts that can be taken back for a short time. */
export const undoableTrackActions = ['accept', 'return', 'confirm'] as const satisfies readonly TrackAction[];
export type UndoableTrackAction = (typeof undoableTrackActions)[number];

/** The parts of a self-report that a return may name. */
export const reportParts = ['differences', 'measures', 'conclusion'] as const;
export type ReportPart = (typeof reportParts)[number];

export const reportPartTitles: Readonly<Record<ReportPart, string>> = {
  differences: '差异说明',
  measures: '已采取的措施',
  conclusion: '自评结论',
};

/** What the flow asks of a track. */
export interface TrackSubject {
  readonly state: TrackState;
  /** The county whose year it is. */
  readonly placeId: number;
  /** Whether the province's figures of the year stand. */
  readonly published: boolean;
  /** Whether the self-report was passed to whoever submits. */
  readonly prepared: boolean;
  /** Whether the newest self-report was submitted, and nobody has judged it yet. */
  readonly submitted: boolean;
  /** What is still missing in the self-report, in words. */
  readonly lacking: readonly string[];
  readonly ledger: LedgerCount;
  /** Whether the person gives a reason with the act. */
  readonly reasoned: boolean;
}

type Line = Transition<TrackState, TrackAction, TrackSubject, Actor>;
type By = Line['by'];

const ofCity: By = (_track, actor) => actor.level === 'city';
const ofCounty: By = ({ placeId }, actor) => actor.level === 'county' && actor.unitId === placeId;
const manages: By = (track, actor) => holds(actor, 'tracking.manage') && ofCity(track, actor);
const reviews: By = (track, actor) => holds(actor, 'tracking.review') && ofCity(track, actor);
const fills: By = (track, actor) => holds(actor, 'tracking.prepare') && ofCounty(track, actor);
const submits: By = (track, actor) => holds(actor, 'tracking.submit') && ofCounty(track, actor);
const fillsOrSubmits: By = (track, actor) => fills(track, actor) || submits(track, actor);

const published = (track: TrackSubject): Problem[] => (track.published ? [] : [problem('tracking.noFigures')]);
const complete = ({ lacking }: TrackSubject): Problem[] =>
  lacking.length === 0 ? [] : [problem('tracking.reportLacks', { parts: lacking.join('、') })];
const settled = ({ ledger }: TrackSubject): Problem[] =>
  ledger.settled >= ledger.raised ? [] : [problem('tracking.findingsOpen', { open: ledger.raised - ledger.settled })];
const settledOrReasoned = (track: TrackSubject): Problem[] => (track.reasoned ? [] : settled(track));

const lines: readonly Line[] = [
  { from: 'opened', action: 'record', to: 'data-received', by: manages },
  { from: 'data-received', action: 'request', to: 'self-report-due', by: manages, guard: published },
  { from: 'self-report-due', action: 'fill', to: 'self-report-due', by: fills, when: ({ prepared }) => !prepared },
  {
    ...({ from: 'self-report-due', action: 'prepare', to: 'self-report-due', by: fills } as const),
    ...{ when: ({ prepared }: TrackSubject) => !prepared, guard: complete },
  },
  {
    ...({ from: 'self-report-due', action: 'withdraw', to: 'self-report-due', by: fillsOrSubmits } as const),
    when: ({ prepared }) => prepared,
  },
  {
    ...({ from: 'self-report-due', action: 'submit', to: 'submitted', by: submits } as const),
    ...{ when: ({ prepared }: TrackSubject) => prepared, guard: complete },
  },
  { from: 'submitted', action: 'accept', to: 'city-reviewed', by: reviews, when: ({ submitted }) => submitted },
  { from: 'submitted', action: 'return', to: 'self-report-due', by: reviews, when: ({ submitted }) => submitted },
  // Figures may be corrected after the report was accepted; then the city judges it anew.
  { from: 'city-reviewed', action: 'reconsider', to: 'submitted', by: reviews },
  { from: 'city-reviewed', action: 'list', to: 'issues-listed', by: manages },
  { from: 'issues-listed', action: 'confirm', to: 'rectified-confirmed', by: reviews, guard: settled },
  { from: 'issues-listed', action: 'close', to: 'closed', by: manages, guard: settledOrReasoned },
  { from: 'rectified-confirmed', action: 'close', to: 'closed', by: manages, guard: settledOrReasoned },
  ...(['opened', 'data-received', 'self-report-due', 'submitted', 'city-reviewed'] as const).map(
    (from): Line => ({ from, action: 'cancel', to: 'cancelled', by: manages }),
  ),
  // Open issues would stay in the ledger, and the track that is opened anew would list them a second time.
  { from: 'issues-listed', action: 'cancel', to: 'cancelled', by: manages, guard: settled },
];

/**
 * The yearly track of a county (年度监测复查: after recognition each county reports itself every year, the city reviews, issues
 * are put right): figures of the province → self-report → review → issues → rectification → closed. What is rectified is
 * counted in the ledger and never typed.
 */
export const trackFlow: Flow<TrackState, TrackAction, TrackSubject, Actor> = {
  actions: trackActions,
  transitions: lines,
  refuse(action, subject, _actor, reason) {
    const what = '份年度跟踪';
    const title = trackActionTitles[action];
    if (reason === 'state') {
      if (subject.state === 'self-report-due' && action === 'submit') return problem('tracking.notPrepared');
      if (subject.state === 'self-report-due' && (action === 'fill' || action === 'prepare')) {
        return problem('tracking.prepared');
      }
      if (subject.state === 'submitted' && (action === 'accept' || action === 'return')) {
        return problem('tracking.notSubmitted');
      }
      const state =
        trackStandingTitles[standingOf(subject.state, subject.ledger, { prepared: subject.prepared, returned: false })];
      return problem('flow.notInState', { what, action: title, state });
    }
    return problem('flow.notYours', { what, action: title, whose: whose(action) });
  },
};

function whose(action: TrackAction): string {
  switch (action) {
    case 'fill':
    case 'prepare':
      return '本县（市、区）负责填写自评报告的人员';
    case 'withdraw':
      return '本县（市、区）填写或提交自评报告的人员';
    case 'submit':
      return '本县（市、区）有提交权限的负责人';
    default:
      return '市级督导机构有权限的人员';
  }
}

/** The state to which the act of this person leads, or why it is refused. */
export function nextTrackState(action: TrackAction, subject: TrackSubject, actor: Actor): Next<TrackState> {
  return next(trackFlow, action, subject, actor);
}

/** What this person may do now. Acts whose guard names what is missing are shown and say so. */
export function permittedTrackActs(subject: TrackSubject, actor: Actor): Record<TrackAction, boolean> {
  return permitted(trackFlow, subject, actor, ['request', 'prepare', 'submit', 'confirm', 'close']);
}

/**
 * Who prepares does not submit, and neither of them judges; a return or a withdrawal begins a new round. An acceptance is
 * judged and signs nothing: after a review that was withdrawn the same hand may judge the same report again.
 */
export const trackSigning = {
  signs: ['prepare', 'submit'],
  returns: ['return', 'withdraw'],
  judging: ['submit', 'accept'],
} as const satisfies Readonly<Record<string, readonly TrackAction[]>>;

/** The act that goes on with a track in this state, for the button that stands first. */
export function nextActOf(can: Readonly<Record<TrackAction, boolean>>): TrackAction | null {
  const order = ['request', 'submit', 'prepare', 'accept', 'list', 'confirm', 'close'] as const;
  return order.find((action) => can[action]) ?? null;
}
