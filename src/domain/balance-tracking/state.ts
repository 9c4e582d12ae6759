import { findingStateTitles } from '../flow/finding.ts';
import { type Day, daysBetween } from '../kit/school-year.ts';

/** The states that are stored, in their order through the year. */
export const trackStates = [
  'opened',
  'data-received',
  'self-report-due',
  'submitted',
  'city-reviewed',
  'issues-listed',
  'rectified-confirmed',
  'closed',
  'cancelled',
] as const;
export type TrackState = (typeof trackStates)[number];

/**
 * Where a track stands for people. While the self-report is due its own way tells it: being written, `returned` or `prepared`
 * for whoever submits. While issues are in the ledger nobody types how far they are: `rectifying`, `overdue` and `rectified`
 * follow from the ledger.
 */
export const trackStandings = [
  'opened',
  'data-received',
  'self-report-due',
  'returned',
  'prepared',
  'submitted',
  'city-reviewed',
  'issues-listed',
  'rectifying',
  'overdue',
  'rectified',
  'rectified-confirmed',
  'closed',
  'cancelled',
] as const;
export type TrackStanding = (typeof trackStandings)[number];

/** One word for each standing: filters, marks, tables and refusals all say it. */
export const trackStandingTitles = {
  opened: '待录入',
  'data-received': '待布置',
  'self-report-due': '填写中',
  returned: '已退回',
  prepared: '待主任提交',
  submitted: '待复核',
  'city-reviewed': '待列清单',
  'issues-listed': '待下发',
  rectifying: '整改中',
  overdue: '整改逾期',
  rectified: '待确认',
  'rectified-confirmed': '待办结',
  closed: '已办结',
  cancelled: '已取消',
} as const satisfies Readonly<Record<TrackStanding, string>>;

/** The states of which a term tells by which day they are left, in their order. */
export const termStates = trackStates.slice(0, 7) as readonly Exclude<TrackState, 'closed' | 'cancelled'>[];
export type TermState = (typeof termStates)[number];

/** What is done in each of them. */
export const termTitles: Readonly<Record<TermState, string>> = {
  opened: '录入省公布数据',
  'data-received': '布置县级自评',
  'self-report-due': '县级自评',
  submitted: '市级复核',
  'city-reviewed': '列出问题清单',
  'issues-listed': '完成整改',
  'rectified-confirmed': '年度办结',
};

/** Whether the year of the county is still under way. */
export const isOpen = (state: TrackState): boolean => state !== 'closed' && state !== 'cancelled';

/** What the ledger says of the issues of a track. */
export interface LedgerCount {
  /** Issues that were raised. */
  readonly raised: number;
  /** Of them closed (销号) or cancelled. */
  readonly settled: number;
  /** Of the settled ones cancelled: nobody put them right. */
  readonly cancelled: number;
  /** Of them sent out to their duty bodies, settled ones included. */
  readonly noticed: number;
  /** Of them open and past their day. */
  readonly late: number;
}

export const nothingRaised: LedgerCount = { raised: 0, settled: 0, cancelled: 0, noticed: 0, late: 0 };

/** How many issues were put right and, where there are any, how many were cancelled: `已销号 2 个，已取消 1 个`. */
export function settledWords({ settled, cancelled }: Pick<LedgerCount, 'settled' | 'cancelled'>): string {
  return `已销号 ${settled - cancelled} 个${cancelled > 0 ? `，已取消 ${cancelled} 个` : ''}`;
}

/** How far the newest self-report is. */
export interface ReportStanding {
  /** It was passed to whoever submits and is not decided yet. */
  readonly prepared: boolean;
  /** It came back and has not been passed on again. */
  readonly returned: boolean;
}

/** Where a track stands, from its stored state, the ledger and its self-report. */
export function standingOf(state: TrackState, ledger: LedgerCount, report: ReportStanding): TrackStanding {
  if (state === 'self-report-due') return report.prepared ? 'prepared' : report.returned ? 'returned' : state;
  if (state !== 'issues-listed') return state;
  if (ledger.settled >= ledger.raised) return 'rectified';
  if (ledger.late > 0) return 'overdue';
  return ledger.noticed > 0 ? 'rectifying' : 'issues-listed';
}

/** How many days the day of a state has passed; 0 where it has not, or where the track is at its end. */
export function daysLate(dueOn: Day | null, today: Day): number {
  return dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today));
}

/** Where an issue stands, in the words of the ledger, and whether its day has passed. */
export function issueStandingTitle(state: string, dueOn: Day | null, today: Day): string {
  const title = (findingStateTitles as Readonly<Record<string, string>>)[state] ?? state;
  const owed = state !== 'found' && state !== 'closed' && state !== 'cancelled';
  return owed && dueOn !== null && dueOn < today ? `${title}，逾期` : title;
}
