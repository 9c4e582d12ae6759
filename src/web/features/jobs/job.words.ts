import type { JobState } from '#contract/jobs/jobs.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

/** In the order in which the page lists and offers them. */
export const jobLooks: Readonly<Record<JobState, StateLook>> = {
  failed: { shape: 'cross', tone: 'fails', word: '失败' },
  retrying: { shape: 'return', tone: 'look', word: '等待重试' },
  running: { shape: 'half', tone: 'accent', word: '执行中' },
  waiting: { shape: 'dotted', tone: 'faint', word: '等待执行' },
};
