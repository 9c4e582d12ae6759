import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

export const planMarks = {
  draft: { shape: 'quarter', tone: 'faint', word: '草稿' },
  issued: { shape: 'disc', tone: 'holds', word: '已印发' },
  closed: { shape: 'lock', tone: 'faint', word: '已结束' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已撤销' },
} as const satisfies Record<string, StateLook>;

export const itemMarks = {
  waiting: { shape: 'dotted', tone: 'faint', word: '未开始' },
  'under-way': { shape: 'quarter', tone: 'accent', word: '推进中' },
  done: { shape: 'check', tone: 'holds', word: '已完成' },
  overdue: { shape: 'triangle', tone: 'fails', word: '已逾期' },
  withdrawn: { shape: 'bar', tone: 'faint', word: '已撤出' },
  unknown: { shape: 'ring', tone: 'faint', word: '看不到进度' },
} as const satisfies Record<string, StateLook>;

export const meetingMarks = {
  called: { shape: 'dotted', tone: 'accent', word: '待召开' },
  held: { shape: 'target', tone: 'holds', word: '已召开' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已撤销' },
} as const satisfies Record<string, StateLook>;
