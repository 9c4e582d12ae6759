import { jobStateTitles } from '#domain/flow/job-state.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { QueuedJob } from './operator.store.ts';

export type OperatorAct = 'retry' | 'abandon';

const actWords: Readonly<Record<OperatorAct, string>> = { retry: '再试一次', abandon: '放弃' };

/**
 * What an operator may do to a job. No server claims a job of a kind that the program does not know, so a new try of it
 * would wait for ever.
 */
export function actsOn({ state }: QueuedJob, isKnown: boolean): Readonly<Record<OperatorAct, boolean>> {
  const stopped = state === 'failed' || state === 'retrying';
  return { retry: stopped && isKnown, abandon: stopped };
}

/** Why an operator may not do this to a job; undefined where it is allowed. */
export function refusalOf(job: QueuedJob, act: OperatorAct, isKnown: boolean): Problem | undefined {
  if (actsOn(job, isKnown)[act]) return undefined;
  // The state does not stop an act that would be allowed for a known kind.
  const state = actsOn(job, true)[act] ? '本版本不认识' : jobStateTitles[job.state];
  return problem('flow.notInState', { what: '项后台任务', action: actWords[act], state });
}

/** The refusal of any act on a job that is not in the queue. */
export const noSuchJob = (): Problem => problem('thing.notFound', { what: '项后台任务' });
