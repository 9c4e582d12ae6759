import { addDays, type Day } from '#domain/kit/school-year.ts';

/** A day that differs from the week: a holiday, or a day of a weekend that is worked instead (调休上班). */
export interface CalendarDay {
  readonly day: Day;
  readonly kind: 'holiday' | 'workday';
  readonly name: string;
}

/** The years whose holidays are announced, and the days that differ from the week. */
export interface WorkingCalendar {
  readonly announced: ReadonlySet<number>;
  readonly days: ReadonlyMap<Day, CalendarDay['kind']>;
}

/**
 * The resulting day of a count. It is provisional if the count passes a year that is not announced yet: then it may
 * still move.
 */
export interface CountedDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/**
 * Whether offices work on that day: Monday to Friday except holidays, and the weekend days that are worked instead. The
 * answer for a year that is not announced is provisional: see `isAnnounced`.
 */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  const kind = calendar.days.get(day);
  if (kind !== undefined) return kind === 'workday';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Whether the State Council has announced the holidays of the year of that day. */
export function isAnnounced(calendar: WorkingCalendar, day: Day): boolean {
  return calendar.announced.has(Number(day.slice(0, 4)));
}

/**
 * The day `count` working days after `from` (before it where negative); `from` itself does not count. Without a count the
 * first working day that is not before `from`: a limit that ends on a day off ends on the next working day.
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Day, count: number): CountedDay {
  let provisional = !isAnnounced(calendar, from);
  let day = from;
  const step = count < 0 ? -1 : 1;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    provisional ||= !isAnnounced(calendar, day);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  while (count === 0 && !isWorkingDay(calendar, day)) {
    day = addDays(day, 1);
    provisional ||= !isAnnounced(calendar, day);
  }
  return { day, provisional };
}

/** How many working days lie after `from`, up to and with `to`; negative where `to` is earlier. */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  from: Day,
  to: Day,
): { readonly days: number; readonly provisional: boolean } {
  if (to < from) {
    const { days, provisional } = workingDaysBetween(calendar, to, from);
    return { days: -days, provisional };
  }
  let days = 0;
  let provisional = !isAnnounced(calendar, from);
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    provisional ||= !isAnnounced(calendar, day);
    if (isWorkingDay(calendar, day)) days += 1;
  }
  return { days, provisional };
}
