import { sql } from 'kysely';
import { type JobState, jobStates } from '#domain/job/job-state.ts';
import type { Handle } from '../db/handle.ts';
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

/**
 * What an operator may do to a job. No server claims a job of a kind that the program does not know, so a new try of it
 * would wait for ever.
 */
export function actsOn({ state }: QueuedJob, isKnown: boolean): { retry: boolean; abandon: boolean } {
  const stopped = state === 'failed' || state === 'retrying';
  return { retry: stopped && isKnown, abandon: stopped };
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
export async function listJobs(
  db: JobsHandle,
  {
    state,
    page,
    pageSize,
  }: { readonly state?: JobState | undefined; readonly page: number; readonly pageSize: number },
): Promise<{ rows: QueuedJob[]; total: number }> {
  const rows = await selected(db)
    .select(sql<number>`(count(*) over ())::int`.as('total'))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .orderBy(sql`array_position(${[...jobStates]}::text[], state)`)
    .orderBy('run_at')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  if (rows.length > 0 || page === 1) {
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  }
  // A page behind the last one has no row that carries the total.
  const first = await listJobs(db, { state, page: 1, pageSize: 1 });
  return { rows: [], total: first.total };
}

/** The ids of all failed jobs, in the order in which they failed. */
export async function listFailedIds(db: JobsHandle): Promise<number[]> {
  const rows = await db
    .selectFrom('jobs')
    .where('state', '=', 'failed')
    .select('id')
    .orderBy('run_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The job, kept until the transaction ends: no server claims it meanwhile. */
export async function lockJob(db: JobsHandle, id: number): Promise<QueuedJob | undefined> {
  return selected(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/**
 * Makes a locked job due at once with all its tries. It does not return to `waiting`, because another job of its key may
 * wait by now.
 */
export async function retryJob(db: JobsHandle, id: number): Promise<void> {
  await sql`
    with due as (
      update jobs set state = 'retrying', attempts = 0, run_at = now(), failed_at = null where id = ${id} returning id)
    select pg_notify(${newJobs}, '') from due`.execute(db);
}

export async function deleteJob(db: JobsHandle, id: number): Promise<void> {
  await db.deleteFrom('jobs').where('id', '=', id).execute();
}
