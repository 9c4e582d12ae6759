import { type Day, firstDayOf, schoolYearName } from '../kit/school-year.ts';

export type PeriodKind = 'school-year' | 'term' | 'calendar-year';

/** The kinds of period that are whole years. */
export type YearKind = Exclude<PeriodKind, 'term'>;

/** The term of a calendar year: 1 is 春季学期, 2 is 秋季学期. */
type Term = 1 | 2;

/** A school year by the year in which it begins, or a calendar year. */
interface YearKey {
  readonly kind: YearKind;
  readonly year: number;
}

/** A term by the calendar year in which it begins, as the ministry's notices name it. */
interface TermKey {
  readonly kind: 'term';
  readonly year: number;
  readonly term: Term;
}

/** What makes a period the one that is meant; no two periods have the same. */
export type PeriodKey = YearKey | TermKey;

interface PeriodDays {
  readonly startsOn: Day;
  readonly endsOn: Day;
}

/** A period with its days. The days of a year follow from its kind; those of a term are set by the city each year (校历). */
export type DatedPeriod = YearKey | (TermKey & PeriodDays);

/** `2025 学年`, `2026 年`, `2026 年春季学期` */
export function periodName(period: PeriodKey): string {
  if (period.kind === 'term') return `${period.year} 年${period.term === 1 ? '春季学期' : '秋季学期'}`;
  return period.kind === 'calendar-year' ? `${period.year} 年` : schoolYearName(period.year);
}

/** The first and the last day of a period. */
export function periodDays(period: DatedPeriod): PeriodDays {
  if (period.kind === 'term') return { startsOn: period.startsOn, endsOn: period.endsOn };
  const { kind, year } = period;
  if (kind === 'calendar-year') return { startsOn: `${year}-01-01`, endsOn: `${year}-12-31` };
  return { startsOn: firstDayOf(year), endsOn: `${year + 1}-08-31` };
}
