import * as contract from '#contract/jobs/jobs.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { FeatureJob } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import { jobStateTitles } from '#domain/job/job-state.ts';
import { problem } from '#domain/kit/problem.ts';
import { failureSentence, jobRecord } from '#platform/jobs/job.words.ts';
import {
  actsOn,
  deleteJob,
  type JobsHandle,
  listJobs,
  lockJob,
  type QueuedJob,
  retryJob,
} from '#platform/jobs/operator.store.ts';

const on = serving<JobsHandle>();

type Entry = RouteOutput<typeof contract.list>['rows'][number];

/** The queue for the 系统管理员. `kinds` are the jobs that the program knows. */
export function jobRoutes(kinds: readonly FeatureJob[]): Served[] {
  const known = new Map(kinds.map((kind) => [kind.name, kind]));

  /** The job, locked, if this act may be done to it now. */
  async function lockFor(ctx: Context<JobsHandle>, id: number, act: keyof Entry['can'], action: string) {
    const job = await lockJob(ctx.db, id);
    if (job === undefined) throw problem('thing.notFound', { what: '项后台任务' });
    const refusal = problem('flow.notInState', { what: '项后台任务', action, state: jobStateTitles[job.state] });
    ctx.authorize(actsOn(job, known.has(job.name))[act], refusal);
    return job;
  }

  return [
    on(contract.list, async (ctx, { query }) => {
      const { rows, total } = await listJobs(ctx.db, query);
      return { rows: rows.map((row) => entryOf(row, known.get(row.name))), total };
    }),

    on(contract.retry, async (ctx, { params }) => {
      const job = await lockFor(ctx, params.jobId, 'retry', '再试一次');
      await retryJob(ctx.db, job.id);
      await ctx.record({ action: 'job.retried', ...jobRecord(job) });
      return {};
    }),

    on(contract.abandon, async (ctx, { params }) => {
      const job = await lockFor(ctx, params.jobId, 'abandon', '放弃');
      await deleteJob(ctx.db, job.id);
      await ctx.record({ action: 'job.abandoned', ...jobRecord(job) });
      return {};
    }),
  ];
}

function entryOf(job: QueuedJob, kind: FeatureJob | undefined): Entry {
  const { id, name, state, attempts, error } = job;
  return {
    id,
    name,
    title: kind?.title ?? null,
    state,
    attempts,
    tries: kind === undefined ? null : kind.retries + 1,
    askedAt: job.askedAt.toISOString(),
    dueAt: state === 'waiting' || state === 'retrying' ? job.runAt.toISOString() : null,
    failedAt: job.failedAt?.toISOString() ?? null,
    error: error === null ? null : { sentence: failureSentence(error), detail: error },
    can: actsOn(job, kind !== undefined),
  };
}
