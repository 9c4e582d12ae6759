import type { z } from 'zod';
import type { jobEntry } from '#contract/jobs/jobs.ts';
import { type JobState, jobStateTitles } from '#domain/flow/job-state.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';

export const jobLooks: Readonly<Record<JobState, StateLook>> = {
  failed: { shape: 'cross', tone: 'fails', word: jobStateTitles.failed },
  retrying: { shape: 'triangle', tone: 'look', word: jobStateTitles.retrying },
  running: { shape: 'quarter', tone: 'accent', word: jobStateTitles.running },
  waiting: { shape: 'dotted', tone: 'faint', word: jobStateTitles.waiting },
};

type Job = z.output<typeof jobEntry>;

/** A job that was asked to try again has all its tries before it; one that waits for its next try has used some. */
export function lookOf({ state, attempts }: Pick<Job, 'state' | 'attempts'>): StateLook {
  return state === 'retrying' && attempts === 0 ? { ...jobLooks.retrying, word: '正在重试' } : jobLooks[state];
}

/** Why the job stopped, and what to do about a kind that this version does not know; null where nothing failed. */
export function reasonOf({ error, title }: Pick<Job, 'error' | 'title'>): string | null {
  const unknown =
    title === null ? '由其他版本排入，本版本不能执行；升级到那个版本后可再试一次，不再需要的可以放弃。' : null;
  return error === null && unknown === null ? null : [error?.sentence, unknown].filter(Boolean).join('');
}
