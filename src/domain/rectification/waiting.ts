/**
 * What of the ledger can wait for a person, in the order in which the home page tells it. Each is a line there and a filter
 * of the list, so that a line counts what its list shows.
 */
export const waitingKinds = [
  'urgent',
  'raised',
  'notice',
  'overdue',
  'plan',
  'report',
  'decide',
  'check',
  'close',
  'prove',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];
