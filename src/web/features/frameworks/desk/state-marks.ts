import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

export const editionMarks = {
  ready: { shape: 'check', tone: 'holds', word: '可用于评估' },
  incomplete: { shape: 'ring', tone: 'look', word: '待补全' },
  withdrawn: { shape: 'bar', tone: 'faint', word: '已停用' },
} as const satisfies Record<string, StateLook>;
