import type { z } from 'zod';

/** The person and the post that asked for a job. */
export interface Asker {
  readonly personId: string;
  readonly grantId: string;
  readonly standInId: string | null;
}

/** The reach of a job: the places that it may touch, set on its transaction like a request's, and for whom it acts. */
export interface JobReach {
  readonly places: readonly number[];
  /** The person and post that requested it; absent where the program itself did. */
  readonly by?: Asker | undefined;
}

/** The payload of a job: its reach, and data that are checked when it runs. */
export interface JobData extends JobReach {
  readonly [key: string]: unknown;
}

/**
 * A kind of job as a value, declared in the `*.jobs.ts` of the feature that does it. A caller names the value, so that
 * neither the name nor the data can be misspelt. The data are checked again when the job runs.
 */
export interface Job<Data extends object> {
  /** `feature.act`, also the name of its queue. */
  readonly name: string;
  /** What it does, in Chinese: an operator reads it where a job has failed. */
  readonly title: string;
  readonly data: z.ZodType<Data>;
  /** Two waiting jobs with the same key are one job, which acts for whoever asked first. */
  readonly keyOf?: (data: Data) => string;
  readonly retries: number;
  /** Five-field cron in the time zone of the office, for scheduled jobs. */
  readonly schedule?: string;
}

/** Declares a kind of job. */
export function job<Data extends object>(definition: Job<Data>): Job<Data> {
  return definition;
}

/**
 * An occurrence, as a value. The code that causes it announces it and does not know the followers. Each follower puts a
 * job of its own into the transaction of the act.
 */
export interface Occurrence<Data extends object> {
  /** One word without a dot, because names of acts in the audit have a dot. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
}

/** Declares an occurrence. */
export function occurrence<Data extends object>(definition: Occurrence<Data>): Occurrence<Data> {
  return definition;
}

/** The definition of a kind of job: its queue, how often it is tried again, and what one run does. */
export interface JobDefinition {
  readonly name: string;
  /** What it does, in Chinese. */
  readonly title: string;
  /** Two waiting jobs with the same key are one job. */
  readonly keyOf?: (data: JobData) => string;
  readonly retries: number;
  /** Five-field cron in the time zone of the office, for scheduled jobs. */
  readonly schedule?: string;
  run(data: JobData): Promise<void>;
}
