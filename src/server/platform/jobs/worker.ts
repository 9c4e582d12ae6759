import type PgBoss from 'pg-boss';
import type { Outage } from '../db/outage.ts';
import type { Log } from '../http/endpoint.ts';
import type { JobData, JobDefinition } from './port.ts';

export interface Worker {
  /** Lets the job under way finish and takes no other. */
  stop(): Promise<void>;
}

const pollEvery = 500;
/** How long stopping waits for the job under way; one that takes longer is taken up by the next start. */
const stoppingPatience = 10_000;

/**
 * Does the jobs of one queue one after the other. The queue's own worker forgets to wait for its notes about done and
 * failed jobs: a database that goes away under such a note would end the process, and the job would stay "under way".
 * Here a note that did not get through is made again when the database is back.
 */
export function startWorker(boss: PgBoss, job: JobDefinition, { log, outage }: { log: Log; outage: Outage }): Worker {
  let stopping = false;
  let wake: () => void = () => {};

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollEvery);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping) wake();
    });
  }

  async function note(make: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await make();
        return;
      } catch (error) {
        outage.failed(error, `the end of a job of ${job.name} was not noted; it will be`);
        // What is not noted at the end is taken up by the next start.
        if (stopping) return;
        await rest();
      }
    }
  }

  async function work(id: string, data: JobData): Promise<void> {
    try {
      await job.run(data);
      await note(() => boss.complete(job.name, id));
    } catch (error) {
      outage.failed(error, `a job of ${job.name} failed and is tried again while it has tries left`);
      const reason = error instanceof Error ? { name: error.name, message: error.message } : { message: String(error) };
      await note(() => boss.fail(job.name, id, reason));
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const [found] = await boss.fetch<JobData>(job.name).catch((error: unknown) => {
        outage.failed(error, `the queue ${job.name} could not be read`);
        return [];
      });
      if (found) await work(found.id, found.data);
      else await rest();
    }
  }

  const running = run().catch((error: unknown) => log.error({ err: error }, `the worker of ${job.name} ended`));
  return {
    async stop() {
      stopping = true;
      wake();
      let impatience: NodeJS.Timeout | undefined;
      const tired = new Promise<void>((resolve) => {
        impatience = setTimeout(resolve, stoppingPatience);
      });
      await Promise.race([running, tired]);
      clearTimeout(impatience);
    },
  };
}
