import { workPlanStateTitles } from '#domain/work-plan/plan.ts';
import { itemStandingTitles } from '#domain/work-plan/progress.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

export const planMarks = {
  draft: { shape: 'quarter', tone: 'faint', word: workPlanStateTitles.draft },
  issued: { shape: 'disc', tone: 'holds', word: workPlanStateTitles.issued },
  closed: { shape: 'lock', tone: 'faint', word: workPlanStateTitles.closed },
  cancelled: { shape: 'bar', tone: 'faint', word: workPlanStateTitles.cancelled },
} as const satisfies Record<string, StateLook>;

export const itemMarks = {
  waiting: { shape: 'dotted', tone: 'faint', word: itemStandingTitles.waiting },
  'under-way': { shape: 'quarter', tone: 'accent', word: itemStandingTitles['under-way'] },
  done: { shape: 'check', tone: 'holds', word: itemStandingTitles.done },
  overdue: { shape: 'triangle', tone: 'fails', word: itemStandingTitles.overdue },
  withdrawn: { shape: 'bar', tone: 'faint', word: itemStandingTitles.withdrawn },
  unknown: { shape: 'ring', tone: 'faint', word: itemStandingTitles.unknown },
} as const satisfies Record<string, StateLook>;

export const meetingMarks = {
  called: { shape: 'dotted', tone: 'accent', word: '待召开' },
  held: { shape: 'target', tone: 'holds', word: '已召开' },
  cancelled: { shape: 'bar', tone: 'faint', word: '已撤销' },
} as const satisfies Record<string, StateLook>;
