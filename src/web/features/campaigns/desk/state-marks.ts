import type { CampaignState, EvaluationState } from '#domain/evaluation/lists.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a campaign (督导评估项目). */
export const campaignMarks = {
  draft: { shape: 'quarter', tone: 'accent', word: '草稿' },
  open: { shape: 'quarter', tone: 'accent', word: '进行中' },
  closed: { shape: 'lock', tone: 'faint', word: '已结束' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已取消' },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
  ended: { shape: 'half', tone: 'accent', word: '待结束' },
} as const satisfies Record<CampaignState | 'late' | 'ended', StateLook>;

/** The marks of the evaluations in its matrix. */
export const stepMarks = {
  notice: { shape: 'dotted', tone: 'faint', word: '待通知' },
  selfEvaluation: { shape: 'quarter', tone: 'accent', word: '自评中' },
  countyReview: { shape: 'half', tone: 'accent', word: '县级复核' },
  materialReview: { shape: 'half', tone: 'accent', word: '材料审核' },
  siteVisit: { shape: 'half', tone: 'accent', word: '实地督导' },
  preliminaryOpinion: { shape: 'half', tone: 'accent', word: '形成意见' },
  statement: { shape: 'speech', tone: 'look', word: '征求申辩' },
  opinionLetter: { shape: 'half', tone: 'accent', word: '出具意见书' },
  confirmation: { shape: 'half', tone: 'accent', word: '待确认' },
  rectification: { shape: 'quarter', tone: 'accent', word: '整改中' },
  closed: { shape: 'target', tone: 'holds', word: '已办结' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已取消' },
  done: { shape: 'check', tone: 'holds', word: '已完成' },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
} as const satisfies Record<EvaluationState | 'done' | 'late' | 'returned', StateLook>;

/** The marks of a panel: whether a member has read the edition, and what speaks against him. */
export const seatMarks = {
  read: { shape: 'check', tone: 'holds', word: '已学习' },
  unread: { shape: 'dotted', tone: 'faint', word: '未学习' },
  blocked: { shape: 'cross', tone: 'fails', word: '须回避' },
  asked: { shape: 'triangle', tone: 'look', word: '待认定' },
  waived: { shape: 'check', tone: 'holds', word: '已认定' },
  ended: { shape: 'lock', tone: 'faint', word: '已结束' },
} as const satisfies Record<string, StateLook>;
