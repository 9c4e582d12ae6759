import { schoolYearName } from '../school-year.ts';

/** Refusals of the tracking of balance. */
export const balanceTrackingProblems = {
  'tracking.openedBefore': {
    status: 409,
    kind: 'state',
    sentence: (details: { year: number }) =>
      `${schoolYearName(details.year)}的均衡跟踪已经启动，各县（市、区）都有跟踪记录；请在“均衡跟踪”中查看。`,
  },
  'tracking.noYear': {
    status: 422,
    kind: 'input',
    sentence: (details: { year: number }) =>
      `系统中没有 ${schoolYearName(details.year)}；请先在“填报周期”中开启这一学年，再办理均衡跟踪。`,
  },
  'tracking.noFigures': {
    status: 409,
    kind: 'state',
    sentence: () => '还没有录入省公布的本学年数据，不能布置自评；请先在“省公布数据”中录入。',
  },
  'tracking.noCounty': {
    status: 422,
    kind: 'input',
    sentence: (details: { name: string }) =>
      `“${details.name}”不是您辖区内的县（市、区），请在列表中另选一个县（市、区）。`,
  },
  'tracking.reasonNeeded': {
    status: 422,
    kind: 'input',
    sentence: (details: { name: string; year: number }) =>
      `${details.name} ${schoolYearName(details.year)}的省公布数据已经录入，更正时请写明原因。`,
  },
  'tracking.reportLacks': {
    status: 409,
    kind: 'state',
    sentence: (details: { parts: string }) => `自评报告还缺少：${details.parts}。请补齐后再办理。`,
  },
  'tracking.notPrepared': {
    status: 409,
    kind: 'state',
    sentence: () => '自评报告还没有送审，不能提交；请由填写人员先“送主任审核”。',
  },
  'tracking.notSubmitted': {
    status: 409,
    kind: 'state',
    sentence: () => '最新一轮自评报告还没有提交，不能复核；请由县级提交后再办理。',
  },
  'tracking.prepared': {
    status: 409,
    kind: 'state',
    sentence: () => '自评报告已送主任审核，不能再改；需要修改时请先“撤回修改”。',
  },
  'tracking.runChanged': {
    status: 409,
    kind: 'conflict',
    sentence: () => '送审之后本县的测算结果或省公布数据有了变化，报告中的数据不再是现在的；请撤回，核对后重新送审。',
  },
  'tracking.findingsOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { open: number }) =>
      `还有 ${details.open} 个问题没有销号；请在整改台账中办完，或写明原因后办结本年度。`,
  },
  'tracking.issueUnknown': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { count: number }) =>
      `所选的 ${details.count} 个问题已不在按规则列出的清单中，可能数据刚有变化；请刷新清单后重新选择。`,
  },
  'tracking.nothingDiffers': {
    status: 422,
    kind: 'input',
    sentence: () => '这一项没有需要说明的差异；请在差异表中选择不一致的指标。',
  },
  'tracking.planUnchanged': {
    status: 422,
    kind: 'input',
    sentence: (details: { year: number }) => `计划年度已经是 ${details.year} 年，不必修改。`,
  },
} as const;
