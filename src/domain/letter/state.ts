/** Where a letter stands on its way from the first draft to its issue. */
export const letterStates = ['draft', 'submitted', 'checked', 'signed', 'issued', 'withdrawn', 'cancelled'] as const;
export type LetterState = (typeof letterStates)[number];

export const letterStateTitles: Readonly<Record<LetterState, string>> = {
  draft: '草拟中',
  submitted: '待审核',
  checked: '待签发',
  signed: '待印发',
  issued: '已印发',
  withdrawn: '已撤回',
  cancelled: '已作废',
};

/** The states in which somebody still has to do something before it is issued. */
export const openLetterStates = ['draft', 'submitted', 'checked', 'signed'] as const satisfies readonly LetterState[];

/** The letters of a 督导 office, by what they are for. */
export const letterKinds = [
  'notice',
  'opinion',
  'rectification',
  'review',
  'inspection',
  'bulletin',
  'accountability',
  'reconsideration',
  'appointment',
  'public-notice',
  'report',
  'reply',
  'other',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** How a kind is laid out: an appointment is a certificate, every other one a letter as GB/T 9704 lays it out. */
export const formOf = (kind: LetterKind): 'certificate' | undefined =>
  kind === 'appointment' ? 'certificate' : undefined;

export const letterKindTitles: Readonly<Record<LetterKind, string>> = {
  notice: '督导通知',
  opinion: '督导意见书',
  rectification: '整改通知书',
  review: '复查意见',
  inspection: '督导报告',
  bulletin: '通报',
  accountability: '问责决定书',
  reconsideration: '复核决定书',
  appointment: '聘书',
  'public-notice': '公示',
  report: '整改报告',
  reply: '复函',
  other: '其他公文',
};

/** Kinds that may be addressed to nobody: what is shown to everybody, and minutes and the like. */
export const openKinds: readonly LetterKind[] = ['public-notice', 'other'];

/** Whether a receipt was taken in, or its letter was withdrawn. */
export const receiptStates = ['waiting', 'received', 'withdrawn'] as const;
export type ReceiptState = (typeof receiptStates)[number];

export const receiptStateTitles: Readonly<Record<ReceiptState, string>> = {
  waiting: '待签收',
  received: '已签收',
  withdrawn: '已撤回',
};

/** Where a receipt stands: a letter that was withdrawn need not be received any more. */
export function receiptState(receipt: { readonly receivedAt: unknown; readonly withdrawnOn: unknown }): ReceiptState {
  if (receipt.withdrawnOn !== null) return 'withdrawn';
  return receipt.receivedAt === null ? 'waiting' : 'received';
}

/** The lines of work of letters, in the order in which the home page tells them; each is a filter of the list. */
export const letterTurns = ['issue', 'sign', 'cosign', 'check', 'returned', 'draft'] as const;
export type LetterTurn = (typeof letterTurns)[number];
