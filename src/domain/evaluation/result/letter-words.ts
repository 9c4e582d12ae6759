import { type Exact, round } from '../../kit/decimal.ts';
import type { Day } from '../../kit/school-year.ts';

/** Decimals of points in an official letter. */
const letterPlaces = 2;

/**
 * Points as an official letter prints them: two decimals, half up, without zeros behind (`83.55`, `8.5`). A letter states a
 * result, so it marks no rounding; the exact figure stands in the record.
 */
export function letterPoints(points: Exact): string {
  const text = round(points, letterPlaces);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Whether two points read the same in a letter. */
export const readsSame = (one: Exact, other: Exact): boolean => letterPoints(one) === letterPoints(other);

/**
 * How a letter of the city addresses the people's government of a county: by the last sign of its name, `你市`, `你区`, `你县`.
 * A name that ends otherwise is that of a zone that runs its schools itself.
 */
export function addressed(subjectName: string): string {
  return `你${/[县市区]$/.exec(subjectName)?.[0] ?? '区'}`;
}

/** How the office that holds the inspection (人民政府教育督导室) calls itself in its letters. */
export const ourOffice = '我室';

/** The units that hold an inspection together (督导+科室、科室+督导): both stand on its documents. */
export interface JointWork {
  readonly lead: string;
  readonly partner: string;
}

/** `本次督导由A牵头，B配合。`; nothing where one unit holds it alone. */
export const jointlySaid = (work: JointWork | null | undefined): string =>
  work == null ? '' : `本次督导由${work.lead}牵头，${work.partner}配合。`;

/** When a step was to be held, and what is known of when it was: all days included. */
export interface HeldStep {
  readonly from: Day;
  readonly to: Day;
  /** The day on which the step before was left; null where that is not recorded. */
  readonly begunOn: Day | null;
  /** The day on which it was left itself. */
  readonly doneOn: Day | null;
}

/** The days on which a step was held: those of the timetable, unless it began later or ended on another day. */
export function daysHeld({ from, to, begunOn, doneOn }: HeldStep): { readonly from: Day; readonly to: Day } {
  const last = doneOn ?? to;
  const first = begunOn !== null && begunOn > from ? begunOn : from;
  return first > last ? { from: last, to: last } : { from: first, to: last };
}
