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
 * Where a track stands for people. While issues are in the ledger nobody types how far they are: `rectifying`, `overdue` and
 * `rectified` follow from the ledger.
 */
export const trackStandings = [
  'opened',
  'data-received',
  'self-report-due',
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

export const trackStandingTitles: Readonly<Record<TrackStanding, string>> = {
  opened: '待录入省公布数据',
  'data-received': '待布置自评',
  'self-report-due': '待县级自评',
  submitted: '待市级复核',
  'city-reviewed': '待列问题清单',
  'issues-listed': '待下发整改',
  rectifying: '整改中',
  overdue: '整改逾期',
  rectified: '待确认整改',
  'rectified-confirmed': '待办结',
  closed: '已办结',
  cancelled: '已取消',
};

/** The states of which a term tells by which day they are left, in their order. */
export const termStates = trackStates.slice(0, 7) as readonly Exclude<TrackState, 'closed' | 'cancelled'>[];
export type TermState = (typeof termStates)[number];

/** Whether the year of the county is still under way. */
export const isOpen = (state: TrackState): boolean => state !== 'closed' && state !== 'cancelled';

/** What the ledger says of the issues of a track. */
export interface LedgerCount {
  /** Issues that were raised. */
  readonly raised: number;
  /** Of them closed (销号) or given up. */
  readonly settled: number;
  /** Of them sent out to their duty bodies, settled ones included. */
  readonly noticed: number;
  /** Of them open and past their day. */
  readonly late: number;
}

export const nothingRaised: LedgerCount = { raised: 0, settled: 0, noticed: 0, late: 0 };

/** Where a track stands, from its stored state and the ledger. */
export function standingOf(state: TrackState, ledger: LedgerCount): TrackStanding {
  if (state !== 'issues-listed') return state;
  if (ledger.settled >= ledger.raised) return 'rectified';
  if (ledger.late > 0) return 'overdue';
  return ledger.noticed > 0 ? 'rectifying' : 'issues-listed';
}

/** How many days the day of a state has passed; 0 where it has not, or where the track is at its end. */
export function daysLate(dueOn: Day | null, today: Day): number {
  return dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today));
}

/** Where an issue stands, as the tracking tells it from the state of its finding and its day: the ledger knows more. */
export function issueStandingTitle(state: string, dueOn: Day | null, today: Day): string {
  if (state === 'found') return '待下发';
  if (state === 'closed') return '已销号';
  if (state === 'cancelled') return '已取消';
  return dueOn !== null && dueOn < today ? '整改逾期' : '整改中';
}
