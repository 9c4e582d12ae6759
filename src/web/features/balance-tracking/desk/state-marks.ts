import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a track, by where it stands, in the words of `trackStandingTitles`. */
export const trackMarks = {
  opened: { shape: 'dotted', tone: 'faint', word: '待录入' },
  'data-received': { shape: 'dotted', tone: 'look', word: '待布置' },
  'self-report-due': { shape: 'quarter', tone: 'accent', word: '填写中' },
  returned: { shape: 'return', tone: 'look', word: '已退回' },
  prepared: { shape: 'half', tone: 'accent', word: '待主任提交' },
  submitted: { shape: 'half', tone: 'accent', word: '待复核' },
  'city-reviewed': { shape: 'half', tone: 'accent', word: '待列清单' },
  'issues-listed': { shape: 'dotted', tone: 'look', word: '待下发' },
  rectifying: { shape: 'quarter', tone: 'accent', word: '整改中' },
  overdue: { shape: 'triangle', tone: 'fails', word: '整改逾期' },
  rectified: { shape: 'half', tone: 'accent', word: '待确认' },
  'rectified-confirmed': { shape: 'half', tone: 'accent', word: '待办结' },
  closed: { shape: 'target', tone: 'holds', word: '已办结' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已取消' },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
} as const satisfies Record<string, StateLook>;
