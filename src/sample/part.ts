import type { Day } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import type { SampleCity } from './model.ts';
import type { SampleSignIn } from './sign-ins.ts';

/** What of the city is made up by steps; the units and the plan are there before. */
type Made = 'schools' | 'standings' | 'records' | 'duties' | 'people';

/** One step in which the city is made up: in memory, from the seed alone. */
export interface SampleStep {
  /** Runs after whatever makes or changes these. */
  readonly needs?: readonly Made[];
  readonly makes?: Made;
  /** Runs after whatever makes it, and before whatever needs it. */
  readonly changes?: Made;
  run(city: SampleCity): void;
}

/** The circumstances in which the finished city is laid into a database. */
export interface Laying {
  /** The day around which the deadlines lie. */
  readonly today: Day;
  /** The moment of loading. */
  readonly now: Date;
  /** The same hour on the day of the sample. */
  readonly standing: Date;
  /** The pinyin initials of each name in the city. */
  readonly initials: ReadonlyMap<string, string>;
}

/** What a part lays. Tables of all parts are written in the order in which they refer to each other. */
export interface SampleRows {
  readonly tables: readonly CopyTable[];
  /** Tables that a new database has filled, and that are emptied before, in this order. */
  readonly replaces?: readonly string[];
  /** Sequences that go on behind the ids of a table: `[sequence, table]`. */
  readonly sequences?: readonly (readonly [sequence: string, table: string])[];
  readonly signIns?: readonly SampleSignIn[];
}

/** What one feature adds to the sample city. It knows the city, and no other part. */
export interface SamplePart {
  readonly steps: readonly SampleStep[];
  /** Asked once, after all steps of all parts. */
  rows?(city: SampleCity, laying: Laying): SampleRows | Promise<SampleRows>;
}

export interface SampleMeans {
  /** How passwords are kept. */
  readonly hash: (password: string) => Promise<string>;
}

/** What the manifest of a feature leads to. */
export interface SampleModule {
  part(means: SampleMeans): SamplePart;
}
