import { sql } from 'kysely';
import type { Fragment } from '../db/fragment.ts';
import type { AnyHandle } from '../db/handle.ts';
import type { Listening } from '../db/notifications.ts';
import type { Job, JobData } from './port.ts';

/** The channel that announces the commit of a new job. */
export const newJobs = 'jobs_waiting';

/** A shared advisory lock of this class and a server's number shows that the server is alive. */
const presence = 0x6a6f_6273;

export interface ClaimedJob {
  readonly id: number;
  readonly name: string;
  readonly key: string | null;
  readonly data: JobData;
  /** Including this try. */
  readonly attempts: number;
  readonly runAt: Date;
}

type Connection = Pick<Listening, 'query'>;

/**
 * Adds a job to the transaction; the other servers are notified at the commit. If the same job waits already, the
 * transaction locks it until its end: otherwise the job would run without seeing what the transaction has written.
 */
export async function insertJob(db: AnyHandle, name: string, key: string | null, data: JobData): Promise<void> {
  for (;;) {
    const added = await sql`
      with added as (
        insert into jobs (name, key, data) values (${name}, ${key}, ${JSON.stringify(data)})
        on conflict (name, key) where state = 'waiting' do nothing returning id)
      select pg_notify(${newJobs}, '') from added`.execute(db);
    if (added.rows.length > 0) return;
    // With a share lock, acts that request the same job do not wait for each other, and the claim skips the row.
    const waiting = await sql`
      select id from jobs where name = ${name} and key = ${key} and state = 'waiting' for share`.execute(db);
    if (waiting.rows.length > 0) return;
  }
}

/** The statement by which a server shows that it is alive, as long as its connection is open. */
export const presenceStatement = (server: number) => ({
  text: 'select pg_advisory_lock_shared($1::integer, $2::integer)',
  values: [presence, server],
});

/** Takes the job of any kind that has been due longest, with one statement. Servers do not wait for each other. */
export async function claimJob(
  connection: Connection,
  server: number,
  names: readonly string[],
): Promise<ClaimedJob | undefined> {
  const [claimed] = await connection.query<ClaimedJob>(
    `update jobs set state = 'running', attempts = attempts + 1, server = $1
      where id = (select id from jobs where state in ('waiting', 'retrying') and run_at <= now() and name = any($2)
                   order by run_at, id limit 1 for update skip locked)
      returning id, name, key, data, attempts, run_at as "runAt"`,
    [server, names],
  );
  return claimed;
}

/** Another server may have taken over the job meanwhile; then the row stays. */
export async function deleteDoneJob(connection: Connection, server: number, id: number): Promise<void> {
  await connection.query(`delete from jobs where id = $1 and server = $2`, [id, server]);
}

/** @param seconds until it is tried again; null where it has no tries left */
export async function writeFailure(
  connection: Connection,
  server: number,
  { id, error, seconds }: { readonly id: number; readonly error: string; readonly seconds: number | null },
): Promise<void> {
  await connection.query(
    `update jobs set server = null, error = $3,
            state = case when $4::integer is null then 'failed' else 'retrying' end,
            failed_at = case when $4::integer is null then now() end,
            run_at = now() + coalesce($4::integer, 0) * interval '1 second'
      where id = $1 and server = $2`,
    [id, server, error, seconds],
  );
}

/** Servers that have jobs in hand and are no longer alive. */
export async function findDeadServers(connection: Connection): Promise<number[]> {
  const rows = await connection.query<{ server: number }>(
    `select distinct server from jobs where state = 'running' and not exists (
       select 1 from pg_locks where locktype = 'advisory' and classid = $1::integer::oid and objid = jobs.server::oid
          and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))`,
    [presence],
  );
  return rows.map((row) => row.server);
}

/** Makes the jobs that these servers had in hand due at once. Returns how many there were. */
export async function updateAbandonedJobs(connection: Connection, servers: readonly number[]): Promise<number> {
  const taken = await connection.query(
    `update jobs set state = 'retrying', server = null, run_at = now()
      where state = 'running' and server = any($1) returning id`,
    [servers],
  );
  return taken.length;
}

/**
 * Inserts the next turn of scheduled jobs. However many servers do it, one row waits. A missed turn stays due. If a
 * newer schedule wants a turn earlier, the turn is moved.
 */
export async function writeTurns(
  connection: Connection,
  turns: ReadonlyArray<{ readonly name: string; readonly key: string; readonly at: Date }>,
): Promise<void> {
  await connection.query(
    `insert into jobs (name, key, data, run_at)
     select name, key, '{"places": []}', run_at from unnest($1::text[], $2::text[], $3::timestamptz[]) as turn (name, key, run_at)
     on conflict (name, key) where state = 'waiting' do update set run_at = excluded.run_at
      where jobs.run_at > excluded.run_at`,
    [turns.map((turn) => turn.name), turns.map((turn) => turn.key), turns.map((turn) => turn.at)],
  );
}

/**
 * The jobs of these kinds with these among their data that are not done, as part of a statement: the one way in which a statement
 * asks the queue. A job that failed is not done; whoever asks what is under way leaves it out by `state`.
 */
export const jobsFor = <Data extends object>(kinds: readonly Pick<Job<Data>, 'name'>[], data: Partial<Data>) =>
  sql`select j.data, j.state from jobs j
       where j.name = any(${kinds.map(({ name }) => name)}::text[]) and j.data @> ${JSON.stringify(data)}::jsonb` as Fragment<{
    data: JobData;
    state: string;
  }>;
