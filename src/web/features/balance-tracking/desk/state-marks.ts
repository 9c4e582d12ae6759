import { trackStandingTitles as words } from '#domain/balance-tracking/state.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** The marks of a track, by where it stands. */
export const trackMarks = {
  opened: { shape: 'dotted', tone: 'faint', word: words.opened },
  'data-received': { shape: 'dotted', tone: 'look', word: words['data-received'] },
  'self-report-due': { shape: 'quarter', tone: 'accent', word: words['self-report-due'] },
  returned: { shape: 'return', tone: 'look', word: words.returned },
  prepared: { shape: 'half', tone: 'accent', word: words.prepared },
  submitted: { shape: 'half', tone: 'accent', word: words.submitted },
  'city-reviewed': { shape: 'half', tone: 'accent', word: words['city-reviewed'] },
  'issues-listed': { shape: 'dotted', tone: 'look', word: words['issues-listed'] },
  rectifying: { shape: 'quarter', tone: 'accent', word: words.rectifying },
  overdue: { shape: 'triangle', tone: 'fails', word: words.overdue },
  rectified: { shape: 'half', tone: 'accent', word: words.rectified },
  'rectified-confirmed': { shape: 'half', tone: 'accent', word: words['rectified-confirmed'] },
  closed: { shape: 'target', tone: 'holds', word: words.closed },
  cancelled: { shape: 'bar', tone: 'faint', word: words.cancelled },
  late: { shape: 'triangle', tone: 'fails', word: '逾期' },
} as const satisfies Record<string, StateLook>;
