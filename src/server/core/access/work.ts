import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { YearKind } from '#domain/calendar/period.ts';
import type { CollectionState } from '#domain/collection/collection.ts';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';

/** The person, the moment and the scope for which a feature is asked about waiting work. */
export interface Asking {
  readonly actor: Actor;
  /** Everything in reach of the post. */
  readonly scope: Scope;
  /** The same, narrowed to the unit that the person looks at. */
  readonly meant: Scope;
  readonly now: Date;
  readonly today: Day;
  /** The school year that the person looks at; null where this person was never asked for anything. */
  readonly schoolYear: SchoolYear | null;
  /** The calendar year that is under way for this person; null where no feature asks for anything by calendar years. */
  readonly calendarYear: number | null;
}

/**
 * A feature's part of a statement that all features share; undefined where the feature has nothing to report to this
 * person.
 */
export type Part<Row> = (asking: Asking) => Fragment<Row> | undefined;

/** The same with all kinds that its rows may carry, for any person: `<feature>.<kind>`. */
export interface Share<Row> {
  readonly kinds: readonly string[];
  readonly of: Part<Row>;
}

/** Lines of work, and which of them count some of what another counts already. */
export interface WorkShare extends Share<WorkRow> {
  /** By such a kind, the kinds that count the same things: it is told as a part of the one that is there. */
  readonly within?: Readonly<Record<string, readonly string[]>>;
}

/** A count of items that wait for the person: one row for each kind, and none where the count is zero. */
export interface WorkRow {
  readonly kind: string;
  readonly count: number;
  /** The day since which the oldest item waits, counted to `today`; null where waiting does not count. */
  readonly oldest: Day | null;
  /** The id of the one subject that the line opens; null where it opens a list. */
  readonly subject: string | null;
  /** Order among the lines of the feature; below zero it stands before the lines of all features, as danger does. */
  readonly rank: number;
}

/** A deadline of a unit or a school. Rows of one day are ordered by what is outstanding, then by rank. */
export interface DeadlineRow {
  readonly kind: string;
  readonly unitId: number | null;
  readonly name: string;
  readonly date: Day;
  readonly outstanding: number;
  readonly basis: string | null;
  /** The school year in whose list the line is counted; null where the list knows no year. */
  readonly schoolYear: SchoolYear | null;
  readonly rank: number;
}

/** A step of a new installation on the way to its first year. */
export interface StepRow {
  readonly kind: string;
  /** How many of what the step makes are there. */
  readonly count: number;
  /** How many more are proposed and wait for somebody else's decision. */
  readonly proposed: number;
  /** How many make the step done. */
  readonly needed: number;
  /** The permissions that the step takes, in the order in which they are used. */
  readonly doers: readonly Permission[];
  /** When this step is done, the installation has begun and nobody is shown the steps any more. */
  readonly last: boolean;
  readonly rank: number;
}

/** A figure that shows the progress of the year; its kind is its name. */
export interface FigureRow {
  readonly kind: string;
  readonly count: number;
  readonly rank: number;
}

/**
 * A year in which the feature asks something of somebody in reach, and the day on which it begins to ask. A school year
 * is named by the year in which it begins, so the kind distinguishes it from the calendar year of the same number.
 */
export interface YearRow {
  readonly kind: YearKind;
  readonly year: number;
  readonly state: CollectionState;
  readonly begins: Day;
  /** It ended with nothing in it: it is meant only where it is named, or where there is no other year. */
  readonly passedOver: boolean;
  /** The day since which its rows are read only; null while they take writes. */
  readonly archivedOn: Day | null;
}

/** The school year that somebody means to archive, and the places in reach. */
export interface YearToArchive {
  readonly periodId: number;
  readonly places: readonly number[];
}

/** The words of a kind of what is not ended: they follow the count, such as 份填报没有接收. */
export interface UnfinishedKind {
  readonly title: string;
  /** What has to be done first, where it bars the archive: 请先办结或取消. */
  readonly way: string | null;
}

/** What of the year is not ended: one row for each kind, and none where the count is zero. */
export interface UnfinishedRow {
  readonly kind: string;
  readonly count: number;
  /** Whether the year is not archived with it. */
  readonly bars: boolean;
  /** The units that it is about, where they are to be named. */
  readonly names: string[];
}

/**
 * A subject of the person's own for which a notice of this kind may still need an answer. The core stores notices and
 * does not know what answers them, so the feature reports when its subject was last answered.
 */
export interface AwaitedRow {
  readonly kind: string;
  readonly placeId: number;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly answeredAt: Date | null;
}

/** A tie of an item of a work plan, once for each unit that it is asked about. */
export interface TieRow {
  readonly tie: string;
  readonly kind: string;
  readonly unit: number;
  readonly period: number;
}

/**
 * How far the work of a tie is at one unit. There is no row where nothing was asked of the unit: it is not 0 of 0. Nor is
 * there one for whoever may not see the work; the part is undefined then.
 */
export interface FulfilmentRow {
  readonly tie: string;
  readonly unitId: number;
  readonly done: number;
  readonly total: number;
  /** The day on which the last of it was done; null while nothing is. */
  readonly lastDay: Day | null;
}
