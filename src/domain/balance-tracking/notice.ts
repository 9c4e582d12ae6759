/** Kinds of notices of tracking, as `notices` keeps them. They go to the county. */
export const trackNoticeKinds = {
  requested: 'balance-tracking.requested',
  revised: 'balance-tracking.revised',
  returned: 'balance-tracking.returned',
  accepted: 'balance-tracking.accepted',
  reconsidered: 'balance-tracking.reconsidered',
  listed: 'balance-tracking.listed',
  confirmed: 'balance-tracking.confirmed',
  closed: 'balance-tracking.closed',
  cancelled: 'balance-tracking.cancelled',
  undone: 'balance-tracking.undone',
  planned: 'balance-tracking.planned',
} as const;

/** The kinds, each with its words. */
export const trackNoticeTitles: Readonly<Record<string, string>> = {
  'balance-tracking.requested': '布置了均衡自评',
  'balance-tracking.revised': '更正了省公布数据',
  'balance-tracking.returned': '退回了均衡自评报告',
  'balance-tracking.accepted': '复核通过了均衡自评报告',
  'balance-tracking.reconsidered': '撤回了均衡自评报告的复核',
  'balance-tracking.listed': '列出了均衡问题清单',
  'balance-tracking.confirmed': '确认了均衡问题整改',
  'balance-tracking.closed': '办结了年度均衡跟踪',
  'balance-tracking.cancelled': '取消了年度均衡跟踪',
  'balance-tracking.undone': '撤销了均衡跟踪的办理',
  'balance-tracking.planned': '登记了优质均衡计划年度',
};
