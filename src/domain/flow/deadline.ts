import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';

/** The dates of a timetable that bind a school or unit that owes something. */
export interface Timetable {
  readonly deadline: Day;
  /** Days after the deadline in which a submission is taken, but marked late. */
  readonly graceDays: number;
}

/** The position of one subject relative to its deadline today. */
export interface DeadlineStanding {
  /** The deadline that counts, including a one-off extension. */
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

/** The subject's own last day in time: the common deadline, or a one-off extension beyond it. */
function dayOf({ deadline }: Pick<Timetable, 'deadline'>, extension: Day | null): Day {
  return extension !== null && extension > deadline ? extension : deadline;
}

/**
 * Whether a subject that first came in on `day` (China's calendar day, null: never) is late by the dates in force. A
 * deadline that is moved for everybody moves this with it.
 */
export function isLate(dates: Pick<Timetable, 'deadline'>, extension: Day | null, day: Day | null): boolean {
  return day !== null && day > dayOf(dates, extension);
}

/**
 * Measures one subject against its deadline on `today` (China's calendar day). Grace counts from the common deadline.
 * An extension moves the subject's own day and never shortens the common grace.
 */
export function standing(dates: Timetable, extension: Day | null, today: Day): DeadlineStanding {
  const day = dayOf(dates, extension);
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
