import { sql } from 'kysely';
import { type JobState, jobStates } from '#domain/flow/job-state.ts';
import type { Handle } from '../db/handle.ts';
import { type Page, type Paging, pageOf } from '../db/listing.ts';
import { newJobs } from './queue.store.ts';

export type JobsHandle = Handle<'jobs'>;

/** A job of the queue without its data, which may be business. */
export interface QueuedJob {
  readonly id: number;
  readonly name: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly askedAt: Date;
  readonly runAt: Date;
  readonly failedAt: Date | null;
  readonly error: string | null;
}

const selected = (db: JobsHandle) =>
  db
    .selectFrom('jobs')
    .select([
      'id',
      'name',
      sql<JobState>`state`.as('state'),
      'attempts',
      'asked_at as askedAt',
      'run_at as runAt',
      'failed_at as failedAt',
      'error',
    ]);

/** Failed jobs first, then those that are tried again, run and wait; within a state the one that is due first. */
export async function listJobs(db: JobsHandle, state: JobState | undefined, page: Paging): Promise<Page<QueuedJob>> {
  const read = ({ page, pageSize }: Paging) =>
    selected(db)
      .select(sql<number>`(count(*) over ())::int`.as('total'))
      .$if(state !== undefined, (query) => query.where('state', '=', state!))
      .orderBy(sql`array_position(${[...jobStates]}::text[], state)`)
      .orderBy('run_at')
      .orderBy('id')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute();
  return pageOf(await read(page), page, async () => (await read({ page: 1, pageSize: 1 }))[0]?.total ?? 0);
}

/** The job, kept until the transaction ends: no server claims it meanwhile. */
export async function lockJob(db: JobsHandle, id: number): Promise<QueuedJob | undefined> {
  return selected(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** All failed jobs, locked, in the order in which they failed. */
export async function lockFailedJobs(db: JobsHandle): Promise<QueuedJob[]> {
  return selected(db).where('state', '=', 'failed').orderBy('failed_at').orderBy('id').forUpdate().execute();
}

/**
 * Makes locked jobs due at once with all their tries. They do not return to `waiting`, because another job of the same
 * key may wait by now.
 */
export async function retryJobs(db: JobsHandle, ids: readonly number[]): Promise<void> {
  await sql`
    with due as (
      update jobs set state = 'retrying', attempts = 0, run_at = now(), failed_at = null
       where id = any(${[...ids]}::bigint[]) returning id)
    select pg_notify(${newJobs}, '') from due`.execute(db);
}

export async function deleteJob(db: JobsHandle, id: number): Promise<void> {
  await db.deleteFrom('jobs').where('id', '=', id).execute();
}
