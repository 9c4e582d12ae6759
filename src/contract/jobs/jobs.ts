import { z } from 'zod';
import { watchesJobs } from '#domain/access/permissions.ts';
import { jobStates } from '#domain/flow/job-state.ts';
import { instant } from '../kit/kit.shape.ts';
import { listOutput, listQuery, route } from '../route.ts';

export const jobState = z.enum(jobStates);

/** Later work as an operator sees it. What it is about is left out, because an operator sees no business. */
export const jobEntry = z.object({
  id: z.number().int(),
  /** The kind as the program calls it: `balance.recompute`. */
  name: z.string(),
  /** The kind in Chinese; null where this version of the program no longer knows it. */
  title: z.string().nullable(),
  state: jobState,
  /** The tries that were begun. */
  attempts: z.number().int(),
  /** The tries that a job of this kind has; null where the kind is unknown. */
  tries: z.number().int().nullable(),
  askedAt: instant,
  /** When the next try begins at the earliest; null while it runs and after its last try. */
  dueAt: instant.nullable(),
  failedAt: instant.nullable(),
  /** What stopped the last try. */
  error: z.object({ sentence: z.string(), detail: z.string() }).nullable(),
  can: z.object({ retry: z.boolean(), abandon: z.boolean() }),
});

/** Failed jobs stand first, then the others in the order in which they are due. */
export const list = route({
  name: 'jobs.list',
  method: 'GET',
  path: '/api/jobs',
  access: watchesJobs,
  scoped: true,
  summary: '后台任务：失败的和等待执行的',
  query: listQuery.pick({ page: true, pageSize: true }).extend({ state: jobState.optional() }),
  output: listOutput(jobEntry),
});

const params = z.object({ jobId: z.coerce.number().int().positive() });

/** The job has all its tries again, and the first of them is due at once. */
export const retry = route({
  name: 'jobs.retry',
  method: 'POST',
  path: '/api/jobs/:jobId/retry',
  access: watchesJobs,
  summary: '再次执行一项失败的后台任务',
  params,
  output: z.object({}),
});

/** The job is deleted. This cannot be undone. */
export const abandon = route({
  name: 'jobs.abandon',
  method: 'DELETE',
  path: '/api/jobs/:jobId',
  access: watchesJobs,
  summary: '放弃一项失败的后台任务，不能撤销',
  params,
  output: z.object({}),
});
