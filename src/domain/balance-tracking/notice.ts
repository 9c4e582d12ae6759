/** Kinds of notices of tracking, as `notices` keeps them. They go to the county. */
export const trackNoticeKinds = {
  requested: 'balance-tracking.requested',
  revised: 'balance-tracking.revised',
  returned: 'balance-tracking.returned',
  accepted: 'balance-tracking.accepted',
  listed: 'balance-tracking.listed',
  confirmed: 'balance-tracking.confirmed',
  closed: 'balance-tracking.closed',
  cancelled: 'balance-tracking.cancelled',
  undone: 'balance-tracking.undone',
  planned: 'balance-tracking.planned',
} as const;
