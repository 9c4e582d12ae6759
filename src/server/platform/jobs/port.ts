import type { WholeHandle } from '../db/handle.ts';

/** The person and the post that asked for a job. */
export interface Asker {
  readonly personId: string;
  readonly grantId: string;
  readonly standInId: string | null;
}

/** A job carries the places that it may touch; the runner sets them on its transaction like a request's. */
export interface JobData {
  readonly places: readonly number[];
  /** Who asked for it, in which post; absent where the program itself did. */
  readonly by?: Asker | undefined;
  readonly [key: string]: unknown;
}

export type Enqueue = (db: WholeHandle, job: string, data: JobData) => Promise<void>;

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
