import type { EvaluationState } from '#domain/evaluation/lists.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

const steps = {
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
} as const satisfies Record<EvaluationState, StateLook>;

/** The marks of an evaluation and of its leaves, also where another page shows one. */
export const evaluationMarks = {
  ...steps,
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
  open: { shape: 'dotted', tone: 'faint', word: '未填' },
  answered: { shape: 'check', tone: 'holds', word: '已填' },
  objected: { shape: 'speech', tone: 'look', word: '有异议' },
  notApplicable: { shape: 'bar', tone: 'faint', word: '不适用' },
  unknown: { shape: 'ring', tone: 'look', word: '数据不全' },
  owed: { shape: 'dotted', tone: 'accent', word: '待评分' },
  scored: { shape: 'check', tone: 'holds', word: '已评分' },
  talk: { shape: 'speech', tone: 'look', word: '待合议' },
  expired: { shape: 'triangle', tone: 'look', word: '已过期' },
  lacksEvidence: { shape: 'triangle', tone: 'look', word: '缺材料' },
} as const satisfies Record<string, StateLook>;
