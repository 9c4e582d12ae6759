/**
 * The states of a job in the queue, in the order in which an operator reads them: `failed` when it has no tries left,
 * `retrying` after a failed try, `running` on a server, and `waiting` for its turn.
 */
export const jobStates = ['failed', 'retrying', 'running', 'waiting'] as const;
export type JobState = (typeof jobStates)[number];

export const jobStateTitles: Readonly<Record<JobState, string>> = {
  failed: '失败',
  retrying: '等待重试',
  running: '执行中',
  waiting: '等待执行',
};
