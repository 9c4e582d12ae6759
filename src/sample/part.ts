import type { Day } from '#domain/kit/school-year.ts';
import type { LetterFigure } from '#domain/letter/figure.shape.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import type { SampleFiles } from './files.ts';
import type { SampleCity, SamplePerson, SampleUnit } from './model.ts';
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
  /** What it issues: the part that keeps the letters lays them. */
  readonly series?: readonly SampleSeries[];
}

/** Who drafts, checks, signs or issues a letter. */
export type SampleHand = Pick<SamplePerson, 'id' | 'name' | 'role'>;

/** What a letter says. */
export interface SampleText {
  readonly kind: LetterKind;
  readonly title: string;
  readonly body: Letter['body'];
  readonly figures?: readonly LetterFigure[];
}

/** Somebody who receives a letter: a unit, or a school of it. */
export interface SampleRecipient {
  readonly unit: SampleUnit;
  readonly schoolId: number | null;
}

/** Where a letter goes, and what it is about. */
export interface SampleSent {
  /** The day on which it was begun, and issued where it is. */
  readonly on: Day;
  readonly to: readonly SampleRecipient[];
  readonly addressees: readonly string[];
  /** The id by which a feature already knows it. */
  readonly id?: string;
  /** Who drafts, checks and signs it, where these are not those of its series. */
  readonly hands?: SampleSeries['hands'];
  /** The unit that signs beside the office, and who does so for it; null while it waits for this signature. */
  readonly cosigner?: { readonly unitId: number; readonly unitName: string; readonly by: SampleHand | null };
  /** The feature that wanted it, and what of it. */
  readonly source?: { readonly type: string; readonly id: string; readonly label: string };
  readonly about?: { readonly type: string; readonly placeId: number; readonly id: string; readonly title: string };
}

/** Issued letters of a part, in a series of their own, in the order of their days. */
export interface SampleSeries {
  /** Names its identifiers, which begin at a moment. */
  readonly part: string;
  readonly since: string;
  readonly unit: SampleUnit;
  readonly code: string;
  /** Who drafts and issues, who checks, and who signs. */
  readonly hands: readonly [SampleHand, SampleHand, SampleHand];
  readonly issued: readonly { readonly text: SampleText; readonly sent: SampleSent }[];
  /** What is signed, and waits for the signature of another unit. */
  readonly waiting: readonly { readonly text: SampleText; readonly sent: SampleSent }[];
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
  /** Asked once, after the rows of all parts, with what they issue. */
  issue?(city: SampleCity, laying: Laying, all: readonly SampleSeries[]): SampleRows;
}

export interface SampleMeans {
  /** How passwords are kept. */
  readonly hash: (password: string) => Promise<string>;
}

/** The module to which the manifest of a feature leads. */
export interface SampleModule {
  part(means: SampleMeans): SamplePart;
}
