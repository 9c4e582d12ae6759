import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a set of posts. */
export const postSetMarks = {
  waiting: { shape: 'half', tone: 'accent', word: '等待授予' },
  granted: { shape: 'disc', tone: 'holds', word: '已授予' },
  rejected: { shape: 'return', tone: 'look', word: '已否决' },
} as const satisfies Record<string, StateLook>;

/** The marks of a request for an account. */
export const requestMarks = {
  waiting: { shape: 'half', tone: 'accent', word: '等待确认' },
  confirmed: { shape: 'disc', tone: 'holds', word: '已确认' },
  rejected: { shape: 'return', tone: 'look', word: '已否决' },
} as const satisfies Record<string, StateLook>;

/** The marks of a change of a role, also where another page shows one. */
export const roleChangeMarks = {
  waiting: { shape: 'half', tone: 'accent', word: '等待确认' },
  confirmed: { shape: 'disc', tone: 'holds', word: '已确认生效' },
  rejected: { shape: 'return', tone: 'look', word: '已否决' },
  elapsed: { shape: 'target', tone: 'holds', word: '满 24 小时生效' },
  overtaken: { shape: 'bar', tone: 'faint', word: '已失效' },
} as const satisfies Record<string, StateLook>;
