/** Kinds of notices of the ledger, as `notices` keeps them. */
export const noticeKind = 'rectification.notice';
export const cancelledKind = 'rectification.cancelled';
export const handedOverKind = 'rectification.handedOver';
export const extensionKind = 'rectification.extension';
export const raisedKind = 'rectification.raised';
export const dangerKind = 'rectification.danger';
export const schoolEndedKind = 'rectification.schoolEnded';
export const passedKind = 'rectification.passed';
