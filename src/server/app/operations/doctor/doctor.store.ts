import type { OwnerClient } from '#platform/db/owner-client.ts';

export interface ServerFacts {
  readonly version: string;
  readonly now: Date;
  readonly encoding: string;
}

export async function getServerFacts(client: OwnerClient): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(
    `select current_setting('server_version') as version, clock_timestamp() as now, current_setting('server_encoding') as encoding`,
  );
  return rows[0]!;
}

export interface ChainFacts {
  readonly seals: number;
  /** When the oldest row that no link covers was written. */
  readonly oldestUnsealed: Date | null;
  /** When the newest act was recorded. */
  readonly newest: Date | null;
}

export async function getChainFacts(client: OwnerClient): Promise<ChainFacts> {
  const { rows } = await client.query<ChainFacts>(
    `with chain as (select coalesce(max(to_transaction), '0'::xid8) as sealed, count(*)::int as seals from audit_seals)
     select seals, (select min(at) from audit_events where transaction_id >= sealed) as "oldestUnsealed",
       (select max(at) from audit_events) as newest
       from chain`,
  );
  return rows[0]!;
}

export interface JobFacts {
  readonly failed: number;
  /** Jobs that are due and that nobody takes, and the moment from which the oldest of them waits. */
  readonly due: number;
  readonly oldestDue: Date | null;
}

export async function getJobFacts(client: OwnerClient): Promise<JobFacts> {
  const { rows } = await client.query<JobFacts>(
    `select (count(*) filter (where state = 'failed'))::int as failed,
       (count(*) filter (where state in ('waiting', 'retrying') and run_at < now()))::int as due,
       min(run_at) filter (where state in ('waiting', 'retrying') and run_at < now()) as "oldestDue" from jobs`,
  );
  return rows[0]!;
}

/** Contents that the database names, a random few. */
export async function listSomeContents(
  client: OwnerClient,
  limit: number,
): Promise<Array<{ hash: string; size: number }>> {
  const { rows } = await client.query<{ hash: string; size: number }>(
    'select hash, size from file_contents order by random() limit $1',
    [limit],
  );
  return rows;
}

/** Which of these contents the database does not know. */
export async function listUnknownContents(client: OwnerClient, hashes: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    `select hash from unnest($1::text[]) given (hash) where not exists (select 1 from file_contents c where c.hash = given.hash)`,
    [hashes],
  );
  return rows.map(({ hash }) => hash);
}

/** Uploads that are expired and still there: what clears them does not run. */
export async function getUploadFacts(client: OwnerClient): Promise<{ pending: number; expired: number }> {
  const { rows } = await client.query<{ pending: number; expired: number }>(
    `select (count(*) filter (where state = 'pending'))::int as pending,
       (count(*) filter (where expires_at < now() - interval '2 days'))::int as expired from uploads`,
  );
  return rows[0]!;
}
