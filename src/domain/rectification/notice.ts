/** Kinds of notices of the ledger, as `notices` keeps them. */
export const noticeKind = 'rectification.notice';
/** Several that come to one inbox at once. */
export const noticesKind = 'rectification.notices';
export const cancelledKind = 'rectification.cancelled';
export const handedOverKind = 'rectification.handedOver';
export const extensionKind = 'rectification.extension';
export const extensionWithdrawnKind = 'rectification.extensionWithdrawn';
export const drawCancelledKind = 'rectification.drawCancelled';
export const raisedKind = 'rectification.raised';
export const dangerKind = 'rectification.danger';
export const schoolEndedKind = 'rectification.schoolEnded';
export const schoolEndedSeveralKind = 'rectification.schoolEndedSeveral';
export const passedKind = 'rectification.passed';
/** The findings of somebody who leaves have passed to another: one finding, or several. */
export const dutyPassed = 'rectification.dutyPassed';
export const dutiesPassed = 'rectification.dutiesPassed';

/** The kinds, each with its words. */
export const findingNoticeTitles: Readonly<Record<string, string>> = {
  [noticeKind]: '下发了整改问题',
  [noticesKind]: '下发了多个整改问题',
  [cancelledKind]: '撤销了整改问题',
  [handedOverKind]: '移交了整改问题',
  [extensionKind]: '答复了延期申请',
  [extensionWithdrawnKind]: '撤回了延期申请',
  [drawCancelledKind]: '撤销了复查抽取',
  [raisedKind]: '整改超期，已上报',
  [dangerKind]: '紧急隐患，须立即处置',
  [schoolEndedKind]: '撤并学校有未办结的问题',
  [schoolEndedSeveralKind]: '撤并学校有多个未办结的问题',
  [passedKind]: '转入学校有未办结的问题',
  [dutyPassed]: '更换了整改责任人',
  [dutiesPassed]: '更换了整改责任人',
};

/** What several findings are called together, as long as an inbox shows it: `A、B 等 5 个问题`. */
export function severalTitles(titles: readonly string[]): string {
  if (titles.length === 1) return titles[0]!;
  const named = titles.slice(0, 3).map((title) => (title.length > 50 ? `${title.slice(0, 49)}…` : title));
  return `${named.join('、')}${titles.length > named.length ? ' 等' : '，共'} ${titles.length} 个问题`;
}
