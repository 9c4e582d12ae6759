import { schoolYearName } from '../school-year.ts';

/** Refusals of work plans and meetings. */
export const workPlanProblems = {
  'workPlan.empty': {
    status: 409,
    kind: 'state',
    sentence: () => '这份工作计划还没有任务，不能印发。请先粘贴或录入任务。',
  },
  'workPlan.exists': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { year: number; kind: string }) =>
      `${details.year} 年的${details.kind}已经有一份；同一单位一年只有一份，请打开那一份修改，或先撤销它。`,
  },
  'workPlan.wrongKind': {
    status: 409,
    kind: 'input',
    sentence: (details: { kind: string; whose: string }) =>
      `${details.kind}由${details.whose}制定，您现在的岗位不能建立；请切换岗位，或另选一种计划。`,
  },
  'workPlan.noParts': {
    status: 409,
    kind: 'state',
    sentence: (details: { year: number }) =>
      `市里还没有下达 ${details.year} 年的任务，不能据此制定计划；可以自行新建。`,
  },
  'workPlan.partTaken': {
    status: 409,
    kind: 'conflict',
    sentence: () => '所选的任务中，有的已经列入计划或已由市里撤回；请刷新后再选。',
  },
  'workPlan.daysOutOfOrder': {
    status: 400,
    kind: 'input',
    sentence: (details: { text: string }) => `“${details.text}”的开始日期晚于完成日期，请改正后再保存。`,
  },
  'workItem.counted': {
    status: 409,
    kind: 'state',
    sentence: () => '这项任务的进度由系统中的工作自动计算，不能手工认定完成；如不应自动计算，请先去掉关联。',
  },
  'workItem.notOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { state: string; action: string }) =>
      `这项任务${details.state}，不能${details.action}；可能刚有人办理过，请刷新后查看。`,
  },
  'workItem.unknownTie': {
    status: 400,
    kind: 'input',
    sentence: (details: { kind: string }) => `没有“${details.kind}”这种可以自动计算进度的工作，请从列出的种类中选择。`,
  },
  'workItem.noPeriod': {
    status: 400,
    kind: 'input',
    sentence: (details: { year: number }) =>
      `${schoolYearName(details.year)}还没有登记，不能关联；请先开启该学年的填报。`,
  },
  'meeting.over': {
    status: 409,
    kind: 'state',
    sentence: (details: { state: string; action: string }) => `这次会议${details.state}，不能${details.action}。`,
  },
  'meeting.signedIn': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}已经签到，不需要再签。`,
  },
  'meeting.notYourSignIn': {
    status: 403,
    kind: 'access',
    sentence: () => '签到由录入的人撤销：这一条不是您录入的，或者已经撤销，请刷新后查看。',
  },
  'meeting.notYours': {
    status: 403,
    kind: 'access',
    sentence: (details: { action: string }) => `这次会议由召集单位${details.action}，您可以查看并为本单位签到。`,
  },
} as const;
