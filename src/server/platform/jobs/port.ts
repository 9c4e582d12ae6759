import type { z } from 'zod';

/** The person and the post that asked for a job. */
export interface Asker {
  readonly personId: string;
  readonly grantId: string;
  readonly standInId: string | null;
}

/** How far a job reaches: the places that it may touch, set on its transaction like a request's, and for whom it acts. */
export interface JobReach {
  readonly places: readonly number[];
  /** Who asked for it, in which post; absent where the program itself did. */
  readonly by?: Asker | undefined;
}

/** What a job carries on its way: its reach and data that are checked when it runs. */
export interface JobData extends JobReach {
  readonly [key: string]: unknown;
}

/**
 * A kind of job as a value, declared in the `*.jobs.ts` of the feature that does it: whoever asks for it names the value,
 * so that neither the name nor the data can be misspelt, and the data are checked again when it runs.
 */
export interface Job<Data extends object> {
  /** `feature.act`, also the name of its queue. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
  /** Two of the same key that wait at the same time are one job. */
  readonly keyOf?: (data: Data) => string;
  readonly retries: number;
  /** Five-field cron in the time zone of the office, for jobs that come round by themselves. */
  readonly schedule?: string;
}

/** Declares a kind of job. */
export function job<Data extends object>(definition: Job<Data>): Job<Data> {
  return definition;
}

/**
 * Something that happens, as a value: whoever lets it happen announces it and knows nobody who follows. Each follower puts
 * a job of its own into the transaction of the act.
 */
export interface Occurrence<Data extends object> {
  /** One word: no dot, because what an act is called in the audit has one. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
}

/** Declares an occurrence. */
export function occurrence<Data extends object>(definition: Occurrence<Data>): Occurrence<Data> {
  return definition;
}

/** What a kind of job is: its queue, how often it is tried again, and what one run does. */
export interface JobDefinition {
  readonly name: string;
  /** Two of the same key that wait at the same time are one job. */
  readonly keyOf?: (data: JobData) => string;
  readonly retries: number;
  /** Five-field cron in the time zone of the office, for jobs that come round by themselves. */
  readonly schedule?: string;
  run(data: JobData): Promise<void>;
}
