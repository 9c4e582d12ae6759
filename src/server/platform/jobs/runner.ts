import { randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import type { WholeHandle } from '../db/handle.ts';
import type { Outage } from '../db/outage.ts';
import { withClient } from '../db/owner-client.ts';
import { compiledQuery } from '../db/raw.ts';
import type { Log } from '../http/endpoint.ts';
import { appRoleName } from '../postgres/roles.ts';
import type { JobData, JobDefinition } from './port.ts';
import { startWorker, type Worker } from './worker.ts';

const schema = 'jobs';
/** The queue's own: what comes round by the clock passes through it, and the role in use may create none. */
const clockQueue = '__pgboss__send-it';

/**
 * Installs the queue's schema and the queues as owner; part of `dudao migrate`. The server itself runs with the
 * queue's own migration off, because its role may create nothing.
 */
export async function installJobs(
  ownerUrl: string,
  jobs: readonly Omit<JobDefinition, 'run'>[],
  appRole: string = appRoleName,
): Promise<void> {
  if (await areInstalled(ownerUrl, jobs, appRole)) return;
  const role = `"${appRole.replaceAll('"', '""')}"`;
  const boss = new PgBoss({ connectionString: ownerUrl, schema, schedule: false, supervise: false, max: 2 });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  try {
    for (const job of jobs) {
      await boss.createQueue(job.name, {
        name: job.name,
        policy: job.keyOf ? 'short' : 'standard',
        retryLimit: job.retries,
        retryDelay: 5,
        retryBackoff: true,
      });
    }
    await boss.createQueue(clockQueue, { name: clockQueue, policy: 'standard' });
    const database = boss.getDb();
    await database.executeSql(
      `grant usage on schema ${schema} to ${role};
       grant select, insert, update, delete on all tables in schema ${schema} to ${role};
       grant usage on all sequences in schema ${schema} to ${role};
       grant execute on all functions in schema ${schema} to ${role}`,
      [],
    );
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  if (failures[0]) throw failures[0];
}

/**
 * Looked up at every start, not only after a migration: a kill between the two must not leave the queues out for ever.
 * The rights are granted last and in one statement, so whoever has them has everything.
 */
async function areInstalled(
  ownerUrl: string,
  jobs: readonly Omit<JobDefinition, 'run'>[],
  appRole: string,
): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select coalesce(has_schema_privilege($2::name, to_regnamespace($1)::oid, 'usage'), false)
         and to_regclass($1 || '.queue') is not null as there`,
      [schema, appRole],
    );
    if (!rows[0]?.there) return false;
    const { rows: queues } = await client.query<{ name: string }>(`select name from ${schema}.queue`);
    const names = new Set(queues.map((queue) => queue.name));
    return [clockQueue, ...jobs.map((job) => job.name)].every((name) => names.has(name));
  });
}

export interface Jobs {
  enqueue(db: WholeHandle, job: string, data: JobData): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The queue in our own database: a job is a row of the transaction that asked for it. */
export function openJobs(options: {
  readonly appUrl: string;
  readonly jobs: readonly JobDefinition[];
  readonly log: Log;
  readonly outage: Outage;
}): Jobs {
  const { log, outage } = options;
  // As which the database knows the queue of this process among those of other servers.
  const applicationName = `dudao-jobs ${randomUUID().slice(0, 8)}`;
  const boss = new PgBoss({
    connectionString: options.appUrl,
    schema,
    migrate: false,
    max: 3,
    supervise: true,
    schedule: true,
    application_name: applicationName,
  });
  let stopping = false;
  boss.on('error', (error) => {
    // A connection that is let go at the end, and that the database ends first, is no news.
    if (!stopping) outage.failed(error, 'the job queue met an error and goes on');
  });
  const known = new Map(options.jobs.map((job) => [job.name, job]));
  const workers: Worker[] = [];
  return {
    async enqueue(db, name, data) {
      const job = known.get(name);
      if (!job) throw new Error(`no job is called ${name}`);
      const key = job.keyOf?.(data);
      const executeSql = async (text: string, values: unknown[]) => db.executeQuery(compiledQuery(text, values));
      const send = () =>
        boss.send(name, data, {
          retryLimit: job.retries,
          ...(key === undefined ? {} : { singletonKey: key }),
          db: { executeSql },
        } as PgBoss.SendOptions);
      // Null: the same job waits already. It must go on waiting until this transaction has ended, or it would run
      // without seeing what we have written; a worker passes over what is locked.
      while ((await send()) === null) {
        const waiting = await executeSql(holdWaitingJob, [name, key ?? '']);
        if (waiting.rows.length > 0) return;
      }
    },
    async start() {
      await boss.start();
      await takeUpAbandoned(boss, applicationName);
      for (const job of options.jobs) {
        if (job.schedule) await boss.schedule(job.name, job.schedule, { places: [] }, { tz: 'Asia/Shanghai' });
        workers.push(startWorker(boss, job, { log, outage }));
      }
    },
    async stop() {
      stopping = true;
      await Promise.all(workers.map((worker) => worker.stop()));
      await boss.stop({ graceful: false, wait: true });
    },
  };
}

const holdWaitingJob = `select 1 from ${schema}.job
  where name = $1 and coalesce(singleton_key, '') = $2 and state = 'created' for share`;

/**
 * Jobs that a killed process was at are done again at once, instead of after the quarter of an hour that the queue
 * grants a job. Another server on the same database may be at them: then they are its own.
 */
async function takeUpAbandoned(boss: PgBoss, applicationName: string): Promise<void> {
  await boss.getDb().executeSql(
    `update ${schema}.job set state = 'retry', started_on = null
      where state = 'active' and not exists (
        select from pg_stat_activity where datname = current_database() and application_name like 'dudao-jobs %'
           and application_name <> $1)`,
    [applicationName],
  );
}
