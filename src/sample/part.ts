import type { Day } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import type { SampleFiles } from './files.ts';
import type { SampleCity } from './model.ts';
import type { SampleSignIn } from './sign-ins.ts';

/** The fields of the city that the steps build; the units and the plan exist before. */
type Made = 'schools' | 'standings' | 'records' | 'duties' | 'runOf' | 'raised' | 'people' | 'rounds';

/** One step that builds the city, in memory and from the seed alone. */
export interface SampleStep {
  /** The step runs after all steps that make or change these fields. */
  readonly needs?: readonly Made[];
  readonly makes?: Made;
  /** The step runs after the steps that make this field, and before the steps that need it. */
  readonly changes?: Made;
  run(city: SampleCity): void;
}

/** The circumstances in which the finished city is written to a database. */
export interface Laying {
  /** The day around which the deadlines lie. */
  readonly today: Day;
  /** The moment of loading. */
  readonly now: Date;
  /** The same hour on the day of the sample. */
  readonly standing: Date;
  /** The pinyin initials of each name in the city. */
  readonly initials: ReadonlyMap<string, string>;
  /** The files that may hang on things. */
  readonly files: SampleFiles;
}

/** The rows that a part writes. Tables of all parts are written in the order in which they refer to each other. */
export interface SampleRows {
  readonly tables: readonly CopyTable[];
  /** Tables that already have rows in a new database. They are emptied first, in this order. */
  readonly replaces?: readonly string[];
  /** Sequences that continue after the ids of a table: `[sequence, table]`. */
  readonly sequences?: readonly (readonly [sequence: string, table: string])[];
  readonly signIns?: readonly SampleSignIn[];
  /** What is left to the program, after its first start has had its quiet. */
  readonly jobs?: readonly SampleJob[];
}

/** A job on behalf of a person of the sample, in the first post of this person. */
export interface SampleJob {
  readonly name: string;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly places: readonly number[] };
  readonly personId: string;
}

/** One feature's part of the sample city. It knows the city, but no other part. */
export interface SamplePart {
  readonly steps: readonly SampleStep[];
  /** Asked once, after all steps of all parts. */
  rows?(city: SampleCity, laying: Laying): SampleRows | Promise<SampleRows>;
}

export interface SampleMeans {
  /** How passwords are kept. */
  readonly hash: (password: string) => Promise<string>;
}

/** The module to which the manifest of a feature leads. */
export interface SampleModule {
  part(means: SampleMeans): SamplePart;
}
