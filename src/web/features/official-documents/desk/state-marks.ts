import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a letter and of its receipt, also where another page shows one. */
export const letterMarks = {
  draft: { shape: 'quarter', tone: 'accent', word: '草拟中' },
  submitted: { shape: 'half', tone: 'accent', word: '待审核' },
  checked: { shape: 'half', tone: 'accent', word: '待签发' },
  signed: { shape: 'half', tone: 'accent', word: '待印发' },
  issued: { shape: 'disc', tone: 'holds', word: '已印发' },
  withdrawn: { shape: 'bar', tone: 'faint', word: '已撤回' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已作废' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
  waiting: { shape: 'half', tone: 'accent', word: '待签收' },
  received: { shape: 'target', tone: 'holds', word: '已签收' },
} as const satisfies Record<string, StateLook>;
