import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a filing, also where another page shows one. */
export const filingMarks = {
  untouched: { shape: 'dotted', tone: 'faint', word: '未开始' },
  draft: { shape: 'quarter', tone: 'faint', word: '填报中' },
  submitted: { shape: 'half', tone: 'accent', word: '待审核' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
  approved: { shape: 'disc', tone: 'holds', word: '已批准' },
  accepted: { shape: 'target', tone: 'holds', word: '已接收' },
  checked: { shape: 'check', tone: 'accent', word: '已核过' },
  comment: { shape: 'speech', tone: 'look', word: '批注待答复' },
  doubt: { shape: 'triangle', tone: 'look', word: '有疑点' },
  released: { shape: 'bar', tone: 'faint', word: '不计入' },
  overdue: { shape: 'triangle', tone: 'fails', word: '逾期未报' },
  late: { shape: 'triangle', tone: 'fails', word: '迟交' },
} as const satisfies Record<string, StateLook>;
