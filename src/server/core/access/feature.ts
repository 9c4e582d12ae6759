import type { JobDefinition } from '#platform/jobs/port.ts';
import type { Served, Services } from './serve.ts';

/** The manifest and only door of a feature: what it serves, does later, owns and publishes. */
export interface Feature {
  /** The same word as its folder, its contract file and its folder on the desk. */
  readonly name: string;
  readonly routes: readonly Served[];
  readonly jobs?: (services: Services) => readonly JobDefinition[];
  /** Tables that this feature alone writes; a test compares the manifests with the database. */
  readonly tables: readonly string[];
  /** Views that others may read. */
  readonly views?: readonly string[];
}
