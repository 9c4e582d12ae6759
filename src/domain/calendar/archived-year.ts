import { problem } from '../kit/problem.ts';
import { type Day, type SchoolYear, schoolYearName } from '../kit/school-year.ts';

/** A school year, or what hangs on one. */
export interface OfYear {
  readonly schoolYear: SchoolYear;
  /** The day on which the year was archived; null while it takes writes. */
  readonly archivedOn: Day | null;
}

/**
 * A school year is archived when it is over, and not on its last day.
 * @throws Problem `year.underWay`
 */
export function assertIsOver({ schoolYear, endsOn }: { schoolYear: SchoolYear; endsOn: Day }, today: Day): void {
  if (endsOn >= today) throw problem('year.underWay', { name: schoolYearName(schoolYear), endsOn });
}

/**
 * Asked before the work of an act; the database asks again of every row.
 * @throws Problem `year.archived`
 */
export function assertTakesWrites({ schoolYear, archivedOn }: OfYear): void {
  if (archivedOn !== null) throw problem('year.archived', { name: schoolYearName(schoolYear), day: archivedOn });
}
