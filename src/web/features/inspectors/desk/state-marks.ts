import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of an inspector, of a requirement of the appointment, and of a reason to keep away. */
export const inspectorMarks = {
  draft: { shape: 'quarter', tone: 'accent', word: '待推荐' },
  recommended: { shape: 'half', tone: 'accent', word: '待审核' },
  reviewed: { shape: 'half', tone: 'accent', word: '待复审' },
  confirmed: { shape: 'half', tone: 'accent', word: '待公示' },
  publicised: { shape: 'half', tone: 'accent', word: '公示中' },
  serving: { shape: 'disc', tone: 'holds', word: '在任' },
  ended: { shape: 'bar', tone: 'faint', word: '已离任' },
  withdrawn: { shape: 'bar', tone: 'faint', word: '已撤销' },
  expiring: { shape: 'triangle', tone: 'look', word: '任期将满' },
  lacking: { shape: 'triangle', tone: 'look', word: '缺材料' },
  met: { shape: 'check', tone: 'holds', word: '符合' },
  'not-met': { shape: 'cross', tone: 'fails', word: '不符合' },
  unknown: { shape: 'dotted', tone: 'faint', word: '待核' },
  block: { shape: 'cross', tone: 'fails', word: '须回避' },
  ask: { shape: 'triangle', tone: 'look', word: '须报告' },
} as const satisfies Record<string, StateLook>;
