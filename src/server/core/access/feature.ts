import type { Job, JobData, JobDefinition, JobReach } from '#platform/jobs/port.ts';
import type { Served, Services } from './serve.ts';

/** A job as its feature writes it; composition hands it the services of the process when it runs. */
export interface FeatureJob extends Omit<JobDefinition, 'run'> {
  run(services: Services, data: JobData): Promise<void>;
}

/** What a feature does when a job of its own comes up: the data are those that its value declares. */
export function doing<Data extends object>(
  { name, data, keyOf, retries, schedule }: Job<Data>,
  run: (services: Services, data: Data & JobReach) => Promise<void>,
): FeatureJob {
  return {
    name,
    retries,
    ...(schedule === undefined ? {} : { schedule }),
    ...(keyOf === undefined ? {} : { keyOf: (given: JobData) => keyOf(data.parse(given)) }),
    run: (services, given) => run(services, { ...data.parse(given), places: given.places, by: given.by }),
  };
}

/** The manifest and only door of a feature: what it serves, does later, owns and publishes. */
export interface Feature {
  /** The same word as its folder, its contract file and its folder on the desk. */
  readonly name: string;
  readonly routes: readonly Served[];
  readonly jobs?: readonly FeatureJob[];
  /** Tables that this feature alone writes; a test compares the manifests with the database. */
  readonly tables: readonly string[];
  /** Views that others may read. */
  readonly views?: readonly string[];
}
