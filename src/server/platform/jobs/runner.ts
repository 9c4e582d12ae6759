import PgBoss from 'pg-boss';
import type { WholeHandle } from '../db/handle.ts';
import { compiledQuery } from '../db/raw.ts';
import type { Log } from '../http/endpoint.ts';
import type { JobData, JobDefinition } from './port.ts';

const schema = 'jobs';

/**
 * Installs the queue's schema and the queues as owner; part of `dudao migrate`. The server itself runs with the
 * queue's own migration off, because its role may create nothing.
 */
export async function installJobs(ownerUrl: string, jobs: readonly Omit<JobDefinition, 'run'>[]): Promise<void> {
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
    const database = boss.getDb();
    await database.executeSql(
      `grant usage on schema ${schema} to dudao_app;
       grant select, insert, update, delete on all tables in schema ${schema} to dudao_app;
       grant usage on all sequences in schema ${schema} to dudao_app;
       grant execute on all functions in schema ${schema} to dudao_app`,
      [],
    );
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  if (failures[0]) throw failures[0];
}

export interface Jobs {
  enqueue(db: WholeHandle, job: string, data: JobData): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The queue in our own database: a job is a row of the transaction that asked for it. */
export function openJobs(options: { appUrl: string; jobs: readonly JobDefinition[]; log: Log }): Jobs {
  const boss = new PgBoss({
    connectionString: options.appUrl,
    schema,
    migrate: false,
    max: 3,
    supervise: true,
    schedule: true,
    application_name: 'dudao-jobs',
  });
  boss.on('error', (error) => options.log.warn({ err: error }, 'the job queue met an error and goes on'));
  const known = new Map(options.jobs.map((job) => [job.name, job]));
  return {
    async enqueue(db, name, data) {
      const job = known.get(name);
      if (!job) throw new Error(`no job is called ${name}`);
      const key = job.keyOf?.(data);
      await boss.send(name, data, {
        retryLimit: job.retries,
        ...(key === undefined ? {} : { singletonKey: key }),
        db: { executeSql: async (text: string, values: unknown[]) => db.executeQuery(compiledQuery(text, values)) },
      } as PgBoss.SendOptions);
    },
    async start() {
      await boss.start();
      for (const job of options.jobs) {
        await boss.work<JobData>(job.name, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async (batch) => {
          for (const one of batch) await job.run(one.data);
        });
        if (job.schedule) await boss.schedule(job.name, job.schedule, { counties: [] }, { tz: 'Asia/Shanghai' });
      }
    },
    stop: () => boss.stop({ graceful: true, wait: true, timeout: 10_000 }),
  };
}
