import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a finding, also where another page shows one. */
export const findingMarks = {
  found: { shape: 'dotted', tone: 'faint', word: '待下发' },
  noticed: { shape: 'dotted', tone: 'look', word: '待制定措施' },
  planned: { shape: 'quarter', tone: 'accent', word: '整改中' },
  done: { shape: 'half', tone: 'accent', word: '待核查' },
  checked: { shape: 'half', tone: 'accent', word: '待销号' },
  closed: { shape: 'target', tone: 'holds', word: '已销号' },
  reopened: { shape: 'return', tone: 'look', word: '重新整改' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已取消' },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
  urgent: { shape: 'triangle', tone: 'fails', word: '紧急隐患' },
  asked: { shape: 'speech', tone: 'look', word: '申请延期' },
  toProve: { shape: 'half', tone: 'accent', word: '待复查' },
  held: { shape: 'disc', tone: 'holds', word: '复查合格' },
  drawCancelled: { shape: 'bar', tone: 'faint', word: '已撤销' },
  failed: { shape: 'return', tone: 'fails', word: '复查不合格' },
} as const satisfies Record<string, StateLook>;
