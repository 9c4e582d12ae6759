import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** For whom, when and of what a feature is asked what waits. */
export interface Asking {
  readonly actor: Actor;
  /** Everything in reach of the post. */
  readonly scope: Scope;
  /** The same, narrowed to the unit that the person looks at. */
  readonly meant: Scope;
  readonly now: Date;
  readonly today: Day;
  /** The school year that the person looks at; null where nothing was ever asked of this person. */
  readonly year: SchoolYear | null;
}

/**
 * A feature's part of a statement that all features share; undefined for somebody to whom the feature has nothing to say.
 */
export type Part<Row> = (asking: Asking) => Fragment<Row> | undefined;

/** The same with all kinds that its rows may carry, whoever asks: `<feature>.<kind>`. */
export interface Share<Row> {
  readonly kinds: readonly string[];
  readonly of: Part<Row>;
}

/** Something that waits for the person, counted: a row for each kind, and none where the count is zero. */
export interface WorkRow {
  readonly kind: string;
  readonly count: number;
  /** Since when the oldest of them waits; null where waiting does not count. */
  readonly oldest: Day | null;
  /** The id of the one subject that the line opens; null where it opens a list. */
  readonly subject: string | null;
  /** Order among the lines of the feature. */
  readonly rank: number;
}

/** A day to which a unit or a school is held. Rows of one day are ordered by what is outstanding, then by rank. */
export interface DeadlineRow {
  readonly kind: string;
  readonly unitId: number | null;
  readonly name: string;
  readonly date: Day;
  readonly outstanding: number;
  readonly basis: string | null;
  readonly rank: number;
}

/** A figure that says how far the year is; its kind is its name. */
export interface FigureRow {
  readonly kind: string;
  readonly count: number;
  readonly rank: number;
}

/** A school year in which the feature asks something of somebody in reach, and the day on which it begins to ask. */
export interface YearRow {
  readonly year: SchoolYear;
  readonly state: 'open' | 'closed';
  readonly begins: Day;
}

/**
 * A subject of the person's own about which a notice of this kind may still want an answer. Notices are of the core and
 * do not know what answers them: the feature tells when its subject was last answered for.
 */
export interface AwaitedRow {
  readonly kind: string;
  readonly placeId: number;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly answeredAt: Date | null;
}
