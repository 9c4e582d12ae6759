import { problem } from './problem.ts';

interface Bound {
  readonly most: number;
  /** What is counted, with its unit: `您有效的访问令牌`, `个`. */
  readonly what: string;
  readonly unit: string;
  /** What the person can do, without a full stop. */
  readonly way: string;
}

/**
 * How many of a thing one person, one office, one county or one subject may have at once. Far above what work needs: they keep one person, or a
 * program that acts for one, from filling tables and replies.
 */
export const bounds = {
  tokens: { most: 20, what: '您有效的访问令牌', unit: '个', way: '请先撤销不用的令牌，再新建' },
  standIns: { most: 20, what: '一个人有效的代办', unit: '项', way: '请先结束不用的代办，再交出新的' },
  roleChanges: { most: 50, what: '您提出而待确认的角色改动', unit: '项', way: '请先由另一位安全管理员确认或否决' },
  postSets: { most: 100, what: '您提出而待确认的授权名单', unit: '份', way: '请先由另一位安全管理员确认或退回' },
  accountRequests: { most: 100, what: '您提出而待确认的账户申请', unit: '项', way: '请先由安全管理员确认或退回' },
  openComments: { most: 300, what: '一份填报未处理的批注', unit: '条', way: '请先处理已有的批注，再写新的' },
  comments: { most: 2000, what: '一份填报的批注', unit: '条', way: '请改用退回的说明，或直接联系对方' },
  commentsAnHour: { most: 60, what: '您一小时内对一份填报写的批注', unit: '条', way: '请稍后再写' },
  publications: {
    ...{ most: 100, what: '一个县一学年的省公布数据（连同更正）', unit: '次' },
    way: '请先核对省级文件，确需再改的请联系系统管理员',
  },
  causes: { most: 500, what: '一个县一学年的差异原因（连同修改）', unit: '条', way: '请把其余说明写在自评结论中' },
  plannedYears: { most: 100, what: '一个县的优质均衡计划年度（连同修改）', unit: '次', way: '请先核对文件' },
  letterDrafts: { most: 200, what: '您经办而没有送审的公文', unit: '份', way: '请先送审或作废不用的草稿，再拟新的' },
  findings: { most: 500, what: '您录入而没有下发的问题', unit: '个', way: '请先下发或取消已录入的问题，再录入新的' },
  extensions: { most: 20, what: '一个问题的延期申请', unit: '次', way: '请直接与督导机构联系' },
  draws: { most: 100, what: '一个单位一年内的销号复查抽取', unit: '次', way: '请先复查已抽中的问题' },
  plans: { most: 100, what: '本单位一年的工作计划（含已撤销的）', unit: '份', way: '请在已有的计划中修改' },
  planItems: { most: 500, what: '一份计划的任务（含已撤出的）', unit: '项', way: '请修改已有的任务' },
  notes: { most: 500, what: '一项任务的落实记录', unit: '条', way: '请把多次落实情况合写为一条' },
  notesAnHour: { most: 60, what: '您一小时内对一项任务写的落实记录', unit: '条', way: '请稍后再写' },
  frameworkDrafts: { most: 50, what: '本市没有发布的指标体系草稿', unit: '份', way: '请先发布或放弃已有的草稿' },
  attachments: { most: 200, what: '一项事务的附件', unit: '个', way: '请先移除不用的附件，或合成一个文件再附上' },
  openMeetings: {
    most: 50,
    what: '本单位已通知而没有召开的会议',
    unit: '次',
    way: '请先记下已召开的会议，或撤销不开的会议',
  },
  meetings: { most: 500, what: '本单位一年的会议（含已撤销的）', unit: '次', way: '请改用已有的会议' },
  attendees: { most: 2000, what: '一次会议的签到', unit: '人', way: '请把其余人员写入会议记录' },
} as const satisfies Record<string, Bound>;

/** Sign-ins of one person at once, where the setting allows several: a new one ends the oldest beyond. */
export const mostSessions = 20;

/** Tables of a kind that one person keeps at once without taking them: a new one ends the oldest beyond. */
export const mostWaitingImports = 5;

/**
 * Refuses one more of a thing.
 * @param have how many there are already
 * @throws request.bound
 */
export function assertRoomFor(kind: keyof typeof bounds, have: number): void {
  if (have >= bounds[kind].most) throw problem('request.bound', bounds[kind]);
}
