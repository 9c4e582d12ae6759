import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a filing, also where another page shows one. */
export const filingMarks = {
  untouched: { shape: 'dotted', tone: 'faint', word: '未开始' },
  draft: { shape: 'quarter', tone: 'faint', word: '填报中' },
  submitted: { shape: 'half', tone: 'accent', word: '待审核' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
  approved: { shape: 'disc', tone: 'holds', word: '已批准' },
  accepted: { shape: 'target', tone: 'holds', word: '市级已接收' },
  doubt: { shape: 'triangle', tone: 'look', word: '有疑点' },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
} as const satisfies Record<string, StateLook>;
