import type { Command } from 'commander';
import type pg from 'pg';
import type { ProblemCode } from '#domain/kit/problem.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import type { Job, JobData, JobDefinition, JobReach, Occurrence } from '#platform/jobs/port.ts';
import type { SampleModule } from '#sample/part.ts';
import type { Served, Services } from './serve.ts';
import type { AwaitedRow, DeadlineRow, FigureRow, Part, Share, WorkRow, YearRow } from './work.ts';

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

/** A job of a feature that is put into the transaction of an act in which the occurrence happens. */
export interface Following {
  readonly occurrence: string;
  readonly job: string;
}

/** Says that the job, whose data are those of the occurrence, follows it. */
export function following<Data extends object>(occurrence: Occurrence<Data>, job: Job<Data>): Following {
  return { occurrence: occurrence.name, job: job.name };
}

/** Announces by putting the job of each follower into the transaction. */
export function announcing(
  features: readonly Feature[],
  put: (db: WholeHandle, job: string, data: JobData) => Promise<void>,
): Services['announce'] {
  const followers = features.flatMap(({ follows = [] }) => follows);
  return async (db, { name, data: shape }, data) => {
    shape.parse(data);
    for (const { occurrence, job } of followers) {
      if (occurrence === name) await put(db, job, data as JobReach as JobData);
    }
  };
}

/** What a command may ask of the program that runs it. */
export interface CommandHost {
  /**
   * Lends the database for the work: that of the server which is running on the data folder, or one that is brought up for
   * the work and stopped after it.
   */
  withDatabase(work: (pool: pg.Pool) => Promise<void>): Promise<void>;
}

/** A command of `dudao`, by its first word. Its module is loaded when it is called, and for help. */
export interface FeatureCommand {
  readonly name: string;
  load(): Promise<{ register(program: Command, host: CommandHost): void }>;
}

/**
 * The manifest and only door of a feature: what it serves, does later, owns, publishes, and gives to pages and lists that
 * all features share. Whoever folds the manifests names no feature.
 */
export interface Feature {
  /** The same word as its folder, its contract file and its folder on the desk. */
  readonly name: string;
  readonly routes: readonly Served[];
  readonly jobs?: readonly FeatureJob[];
  /** Which of its jobs follow what happens elsewhere, so that whoever lets it happen names no feature. */
  readonly follows?: readonly Following[];
  /** Tables that this feature alone writes; a test compares the manifests with the database. */
  readonly tables: readonly string[];
  /**
   * Those of its tables that every statement may read: registers to which everybody's work refers, and which the core reads
   * itself. Of all other tables others see published views alone.
   */
  readonly registers?: readonly string[];
  /** Its views, which others may read; a test compares them with the database and with what is really read. */
  readonly views?: readonly string[];
  /** Those of its views that feed the published view `facts`; a test compares them with its definition. */
  readonly facts?: readonly string[];
  /** Codes of the refusals that belong to it; a test compares the manifests with the catalogue of `domain/kit/problem.ts`. */
  readonly problems?: readonly ProblemCode[];
  /** What a start lays into a migrated database before the first request, such as shipped definitions. */
  readonly prepare?: (pool: pg.Pool, now: () => Date) => Promise<void>;
  readonly commands?: readonly FeatureCommand[];
  /** What waits for a person. */
  readonly work?: Share<WorkRow>;
  /** What falls due. */
  readonly deadlines?: Share<DeadlineRow>;
  /**
   * How far the year is. A share of its own beside `work` and `deadlines`, because a figure is told when it is zero, waits
   * for nobody and has no day.
   */
  readonly figures?: Share<FigureRow>;
  /** The school years that the desk offers. They are asked first, because the rest is asked of one year. */
  readonly years?: Part<YearRow>;
  /** The subjects about which a notice may still want an answer. */
  readonly awaited?: Part<AwaitedRow>;
  /** Its part of the sample city, loaded when a sample is. */
  readonly sample?: () => Promise<SampleModule>;
  /** Kinds of items of a work plan that acts of this feature fulfil: `<feature>.<kind>`. */
  readonly fulfils?: readonly string[];
}
