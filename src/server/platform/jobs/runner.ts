import { randomInt } from 'node:crypto';
import type { AnyHandle } from '../db/handle.ts';
import { hearNotifications, type Listening } from '../db/notifications.ts';
import type { Outage } from '../db/outage.ts';
import type { Log } from '../http/endpoint.ts';
import { openClock } from './clock.ts';
import { failureText } from './job.words.ts';
import type { JobData, JobDefinition } from './port.ts';
import {
  type ClaimedJob,
  claimJob,
  deleteDoneJob,
  findDeadServers,
  insertJob,
  newJobs,
  presenceStatement,
  updateAbandonedJobs,
  writeFailure,
} from './queue.store.ts';
import { openRest } from './rest.ts';

export interface Jobs {
  enqueue(db: AnyHandle, job: string, data: JobData): Promise<void>;
  start(): Promise<void>;
  /** Lets the running jobs finish and takes no others. */
  stop(): Promise<void>;
  /** How often it has looked for jobs that are due and found none that it may take. */
  readonly looks: number;
}

export interface JobsOptions {
  readonly appUrl: string;
  readonly jobs: readonly JobDefinition[];
  readonly log: Log;
  readonly outage: Outage;
  /** Milliseconds between two looks for jobs that have become due, and for jobs whose server has died. */
  readonly every?: { readonly poll?: number; readonly look?: number };
}

/** New jobs are announced. This look finds jobs that become due by time, and jobs whose announcement was lost. */
const pollEvery = 5_000;
const lookEvery = 60_000;
/** Jobs that run at the same time. Of one kind at most one runs. */
const atOnce = 4;
/** How long stopping waits for the running jobs; the next start takes over a job that takes longer. */
const stoppingPatience = 10_000;
const firstRetrySeconds = 5;

/**
 * The queue in our own database: a job is a row of the transaction that requested it. One connection receives the
 * announcements of new jobs, claims jobs and records their ends. While it is open, its lock shows other servers that
 * this one is alive.
 */
export function openJobs(options: JobsOptions): Jobs {
  const { log, outage } = options;
  const known = new Map(options.jobs.map((job) => [job.name, job]));
  const clock = openClock(options.jobs);
  const server = randomInt(1, 2 ** 31);
  const rest = openRest();
  const atWork = new Map<string, Promise<void>>();
  let stopping = false;
  let looks = 0;
  let connection: Listening | undefined;
  let running: Promise<void> = Promise.resolve();

  async function note(name: string, make: (connection: Listening) => Promise<void>): Promise<void> {
    while (connection) {
      try {
        return await make(connection);
      } catch (error) {
        outage.failed(error, `the end of a job of ${name} was not noted; it will be`);
        // The next start takes over jobs whose end could not be recorded.
        if (stopping) return;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async function work(job: JobDefinition, { id, data, attempts }: ClaimedJob): Promise<void> {
    const triesLeft = job.retries + 1 - attempts;
    try {
      if (triesLeft < 0) throw new Error('the server ended during every try of this job');
      await job.run(data);
    } catch (error) {
      const seconds = triesLeft > 0 ? firstRetrySeconds * 2 ** (attempts - 1) : null;
      if (seconds === null) log.error({ err: error, id, data }, `a job of ${job.name} failed for the last time`);
      else outage.failed(error, `a job of ${job.name} failed and is tried again`);
      return note(job.name, (noting) => writeFailure(noting, server, { id, error: failureText(error), seconds }));
    }
    await note(job.name, (noting) => deleteDoneJob(noting, server, id));
  }

  /** Begins the next job. Returns false where none is due, or the limit of running jobs is reached. */
  async function claim(claiming: Listening): Promise<boolean> {
    if (atWork.size >= atOnce) return false;
    const free = [...known.keys()].filter((name) => !atWork.has(name));
    if (free.length === 0) return false;
    const claimed = await claimJob(claiming, server, free);
    const job = claimed && known.get(claimed.name);
    if (!job) return false;
    clock.took(claimed);
    const done = work(job, claimed).finally(() => {
      atWork.delete(job.name);
      rest.wake();
    });
    atWork.set(job.name, done);
    return true;
  }

  async function run(claiming: Listening): Promise<void> {
    const takeUp = openTakingUp(claiming, options);
    while (!stopping) {
      rest.begin();
      try {
        if (claiming.hears) {
          await takeUp();
          await clock.layDueTurns(claiming);
          if (await claim(claiming)) continue;
          looks += 1;
        }
      } catch (error) {
        if (!stopping) outage.failed(error, 'the job queue could not be read');
      }
      if (!stopping) await rest.sleep(options.every?.poll ?? pollEvery);
    }
  }

  return {
    async enqueue(db, name, data) {
      const job = known.get(name);
      if (!job) throw new Error(`there is no job named ${name}`);
      await insertJob(db, name, job.keyOf?.(data) ?? null, data);
    },
    async start() {
      connection = hearNotifications({
        url: options.appUrl,
        channel: newJobs,
        heard: rest.wake,
        first: presenceStatement(server),
      });
      running = run(connection).catch((error: unknown) => log.error({ err: error }, 'the job queue ended'));
    },
    async stop() {
      stopping = true;
      rest.wake();
      let impatience: NodeJS.Timeout | undefined;
      const tired = new Promise<void>((resolve) => {
        impatience = setTimeout(resolve, stoppingPatience);
      });
      await Promise.race([running.then(() => Promise.all(atWork.values())), tired]);
      clearTimeout(impatience);
      await connection?.stop();
      connection = undefined;
    },
    get looks() {
      return looks;
    },
  };
}

/**
 * Takes over the jobs of servers that were killed. At the start these are all jobs that no living server has in hand;
 * afterwards those that two looks in a row found abandoned. A server whose connection only broke is back before the
 * second look.
 */
function openTakingUp(connection: Listening, { log, ...options }: JobsOptions): () => Promise<void> {
  let suspects: readonly number[] | undefined;
  let next = 0;
  return async () => {
    if (Date.now() < next) return;
    const missing = await findDeadServers(connection);
    const dead = suspects === undefined ? missing : missing.filter((server) => suspects?.includes(server));
    if (dead.length > 0) {
      const jobs = await updateAbandonedJobs(connection, dead);
      log.warn({ jobs }, 'jobs of a server that ended under them are taken up');
    }
    suspects = missing;
    next = Date.now() + (options.every?.look ?? lookEvery);
  };
}
