import type { YearKind } from '../../calendar/period.ts';
import type { Edition } from '../edition.ts';
import type { FactPeriod } from '../lists.ts';
import type { FactKey } from '../names.ts';

/** The kind of year by which a fact is kept; what an evaluation came to is kept by the calendar year that it assessed. */
export const yearKindOf: Readonly<Record<FactKey['period'], YearKind>> = {
  schoolYear: 'school-year',
  calendarYear: 'calendar-year',
  assessed: 'calendar-year',
};

/**
 * The first year that a name means when an edition assesses a year: the edition says by which offset it reads money and meetings,
 * and by which the others.
 * @param assessed the school year that is assessed; the calendar year has the same number
 */
export function factYear({ reads }: Pick<Edition, 'reads'>, period: FactPeriod | 'assessed', assessed: number): number {
  return period === 'assessed' ? assessed : assessed + (reads?.[period] ?? 0);
}
