import type { JobData, JobDefinition } from '#platform/jobs/port.ts';
import type { Served, Services } from './serve.ts';

/** A job as its feature writes it; composition hands it the services of the process when it runs. */
export interface FeatureJob extends Omit<JobDefinition, 'run'> {
  run(services: Services, data: JobData): Promise<void>;
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
