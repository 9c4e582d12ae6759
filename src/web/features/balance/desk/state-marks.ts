import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a verdict, also where another page shows one. */
export const verdictMarks = {
  pass: { shape: 'check', tone: 'holds', word: '达标' },
  fail: { shape: 'cross', tone: 'fails', word: '不达标' },
  provisional: { shape: 'ring', tone: 'look', word: '数据不全' },
  unavailable: { shape: 'bar', tone: 'faint', word: '无法计算' },
} as const satisfies Record<string, StateLook>;
