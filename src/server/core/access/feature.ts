import type { Command } from 'commander';
import type pg from 'pg';
import type { AuditWords } from '#contract/kit/acts.words.ts';
import type { ProblemCode } from '#domain/kit/problem.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { AnyHandle } from '#platform/db/handle.ts';
import type { Job, JobData, JobDefinition, JobReach, Occurrence } from '#platform/jobs/port.ts';
import type { SampleModule } from '#sample/part.ts';
import type { Revised } from '../audit/last-change.ts';
import type { Holder } from './holder.ts';
import { type JobServices, servicesFor } from './job-services.ts';
import type { PassesWork } from './pass-work.ts';
import type { Quote } from './quote.ts';
import type { Served, Services } from './serve.ts';
import type { ServedStream } from './stream.ts';
import type {
  Asking,
  AwaitedRow,
  DeadlineRow,
  FigureRow,
  FulfilmentRow,
  Part,
  Share,
  StepRow,
  TieRow,
  UnfinishedKind,
  UnfinishedRow,
  WorkRow,
  WorkShare,
  YearRow,
  YearToArchive,
} from './work.ts';

/** A job as its feature writes it; composition passes it the services of the process when it runs. */
export interface FeatureJob extends Omit<JobDefinition, 'run'> {
  run(services: Services, data: JobData): Promise<void>;
}

/**
 * The handler that a feature runs for a job of its own; the data have the type that the job's value declares. Who asked
 * is not among them: the services carry the person to every record and every further job.
 */
export function doing<Data extends object>(
  { name, title, data, keyOf, retries, schedule }: Job<Data>,
  run: (services: JobServices, data: Data & Pick<JobReach, 'places'>) => Promise<void>,
): FeatureJob {
  return {
    name,
    title,
    retries,
    ...(schedule === undefined ? {} : { schedule }),
    ...(keyOf === undefined ? {} : { keyOf: (given: JobData) => keyOf(data.parse(given)) }),
    run: (services, given) => run(servicesFor(services, given.by), { ...data.parse(given), places: given.places }),
  };
}

/** A job that runs by the clock, asked by nobody and for no data. */
export function scheduled({
  run,
  ...definition
}: Pick<FeatureJob, 'name' | 'title' | 'retries'> & {
  readonly schedule: string;
  run(services: JobServices): Promise<void>;
}): FeatureJob {
  return { ...definition, run: (services) => run(servicesFor(services, undefined)) };
}

/**
 * A job that follows an occurrence. A feature puts it into the transaction of the act in which the occurrence happens.
 */
export interface Following {
  readonly occurrence: string;
  readonly job: string;
}

/** Declares that the job follows this occurrence; the job's data are those of the occurrence. */
export function following<Data extends object>(occurrence: Occurrence<Data>, job: Job<Data>): Following {
  return { occurrence: occurrence.name, job: job.name };
}

/** Announces an occurrence by putting each follower's job into the transaction. */
export function announcing(
  features: readonly Feature[],
  put: (db: AnyHandle, job: string, data: JobData) => Promise<void>,
): Services['announce'] {
  const followers = features.flatMap(({ follows = [] }) => follows);
  return async (db, { name, data: shape }, data) => {
    shape.parse(data);
    for (const { occurrence, job } of followers) {
      if (occurrence === name) await put(db, job, data as JobReach as JobData);
    }
  };
}

/** The services that a command may ask of the program that runs it. */
export interface CommandHost {
  /**
   * Lends the database for the work. If a server is running on the data folder, its database is used. Otherwise one is
   * started for the work and stopped after it.
   */
  withDatabase(work: (pool: pg.Pool) => Promise<void>): Promise<void>;
}

/** A command of `dudao`, named by its first word. Its module is loaded when the command is called, and for help. */
export interface FeatureCommand {
  readonly name: string;
  load(): Promise<{ register(program: Command, host: CommandHost): void }>;
}

/**
 * The manifest and only entry point of a feature: the routes it serves, its jobs, its tables and views, and its share
 * of pages and lists that all features have in common. Code that combines the manifests names no feature.
 */
export interface Feature {
  /** The same word as its folder, its contract file and its folder on the desk. */
  readonly name: string;
  readonly routes: readonly Served[];
  /** Paths outside the contract, at which bytes stream. */
  readonly streams?: readonly ServedStream[];
  readonly jobs?: readonly FeatureJob[];
  /** The types of its subjects on which files hang, and who answers for them. */
  readonly holders?: Readonly<Record<string, Holder>>;
  /**
   * The feature's jobs that follow occurrences elsewhere, so that the code that causes an occurrence names no feature.
   */
  readonly follows?: readonly Following[];
  /** Tables that only this feature writes; a test compares the manifests with the database. */
  readonly tables: readonly string[];
  /**
   * Those of its tables that every statement may read: registers to which everybody's work refers, and which the core
   * itself reads. Of all other tables, other features see only published views.
   */
  readonly registers?: readonly string[];
  /** Its views, which other features may read. A test compares them with the database and with the actual reads. */
  readonly views?: readonly string[];
  /** Those of its views that feed the published view `facts`; a test compares them with its definition. */
  readonly facts?: readonly string[];
  /** Its rows that count their changes, with the acts that do it; a test compares them with the database. */
  readonly revised?: readonly Revised[];
  /** Codes of its refusals; a test compares the manifests with the catalogue of `domain/kit/problem.ts`. */
  readonly problems?: readonly ProblemCode[];
  /** Data that a start writes into a migrated database before the first request, such as shipped definitions. */
  readonly prepare?: (pool: pg.Pool, now: () => Date) => Promise<void>;
  readonly commands?: readonly FeatureCommand[];
  /** The work that waits for a person. */
  readonly work?: WorkShare;
  /** What this person has done and somebody else goes on with: told, and no work of the person any more. */
  readonly handedOver?: Share<WorkRow>;
  /** What of a post is open and passes to another post when its holder leaves (移交工作). */
  readonly passesWork?: PassesWork;
  /** The deadlines of a unit or a school. */
  readonly deadlines?: Share<DeadlineRow>;
  /** Its steps of a new installation, for any person: they are counts. */
  readonly beginning?: { readonly kinds: readonly string[]; readonly of: () => Fragment<StepRow> };
  /**
   * How far the year has progressed. It is separate from `work` and `deadlines`, because a figure is shown even when it
   * is zero, waits for nobody and has no day.
   */
  readonly figures?: Share<FigureRow>;
  /**
   * The years in which the feature asks something, each with its kind. The desk offers the school years. They are asked
   * first, because everything else is asked for one year of each kind.
   */
  readonly years?: Part<YearRow>;
  /**
   * What of a school year is not ended when the year is archived: its kinds `<feature>.<kind>`, each with its words and its
   * way out.
   */
  readonly unfinished?: {
    readonly kinds: Readonly<Record<string, UnfinishedKind>>;
    readonly of: (year: YearToArchive) => Fragment<UnfinishedRow>;
  };
  /** The kinds of notices that it sends, each with the words that stand above it in a mail. */
  readonly notices?: Readonly<Record<string, string>>;
  /** The subjects for which a notice may still need an answer. */
  readonly awaited?: Part<AwaitedRow>;
  /** What it says of its acts, where the audit is exported. */
  readonly auditWords?: () => Promise<{ readonly auditWords: AuditWords }>;
  /** The figures that it gives to letters, by `<feature>.<figure>`. */
  readonly quotes?: Readonly<Record<string, Quote>>;
  /** Its part of the sample city, loaded together with a sample. */
  readonly sample?: () => Promise<SampleModule>;
  /**
   * The work of this feature that fulfils items of a work plan: its kinds `<feature>.<kind>`, each with its title, and
   * how far it is for the ties that are asked about.
   */
  readonly fulfils?: {
    readonly kinds: Readonly<Record<string, string>>;
    readonly of: (asking: Asking, ties: Fragment<TieRow>) => Fragment<FulfilmentRow> | undefined;
  };
}
