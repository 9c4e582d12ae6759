import { addDays, type Day, daysBetween, type SchoolYear } from '#domain/kit/school-year.ts';

/** What the yearly filing of a school year is called: `2025 学年资源数据填报`. */
export function periodName(schoolYear: SchoolYear): string {
  return `${schoolYear} 学年资源数据填报`;
}

/** The dates of a period that bind a school. */
export interface PeriodDates {
  readonly deadline: Day;
  /** Days after the deadline in which a filing is taken, but marked late. */
  readonly graceDays: number;
}

/** Where a filing stands against its deadline today. */
export interface DeadlineStanding {
  /** The day that counts, the one-off extension included. */
  readonly day: Day;
  /** The last day on which a first submission is taken. */
  readonly closesOn: Day;
  /** Negative after the deadline. */
  readonly daysLeft: number;
  readonly extended: boolean;
  /** A submission today would be marked late. */
  readonly past: boolean;
  /** A first submission today is refused until the deadline is extended. */
  readonly closed: boolean;
  readonly phrase: string;
}

/**
 * Measures a filing against its deadline on `today` (China's calendar day). Grace counts from the period's deadline; an
 * extension moves the day itself and never shortens the grace that everybody has.
 */
export function standing(dates: PeriodDates, extension: Day | null, today: Day): DeadlineStanding {
  const day = extension !== null && extension > dates.deadline ? extension : dates.deadline;
  const graceEnds = addDays(dates.deadline, dates.graceDays);
  const [, closesOn = day] = [day, graceEnds].sort();
  const daysLeft = daysBetween(today, day);
  const past = today > day;
  const closed = today > closesOn;
  return { day, closesOn, daysLeft, extended: day !== dates.deadline, past, closed, phrase: phrase() };

  function phrase(): string {
    if (closed) return `逾期 ${-daysLeft} 天，须申请延期`;
    if (past) return `逾期 ${-daysLeft} 天，宽限至 ${closesOn}`;
    return daysLeft === 0 ? '今天截止' : `还有 ${daysLeft} 天`;
  }
}
