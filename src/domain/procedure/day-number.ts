import { addWorkingDays, isAnnounced, isWorkingDay, type WorkingCalendar } from '#domain/calendar/working-days.ts';
import type { Day } from '#domain/kit/school-year.ts';

/** A day as the number of days since 1 January 1970: rules compare some million days, and count none of them. */
export type DayNumber = number;

const zeroCode = '0'.charCodeAt(0);
const beforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** @param day a day that exists, `YYYY-MM-DD` */
export function dayNumber(day: Day): DayNumber {
  const digit = (at: number) => day.charCodeAt(at) - zeroCode;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  const month = digit(5) * 10 + digit(6);
  // Leap days before this one, counted from year 0; of the year itself only behind February.
  const whole = month > 2 ? year : year - 1;
  const leaps = Math.floor(whole / 4) - Math.floor(whole / 100) + Math.floor(whole / 400);
  return year * 365 + leaps + beforeMonth[month - 1]! + digit(8) * 10 + digit(9) - 719_528;
}

/** The day of a number, `YYYY-MM-DD`. */
export function dayOfNumber(number: DayNumber): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The same day so many years later; 29 February counts as 28 February where the year has none. */
export function yearsLater(day: Day, years: number): Day {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const isLeapDay = day.endsWith('-02-29');
  const isLeapYear = new Date(Date.UTC(Number(year), 1, 29)).getUTCDate() === 29;
  return `${year}${isLeapDay && !isLeapYear ? '-02-28' : day.slice(4)}`;
}

/** Days of a limit, as an office sets them. */
export interface DayCount {
  readonly days: number;
  readonly unit: 'calendar' | 'working';
}

/** The last day of a limit. Provisional: the holidays of a year that it passes are not announced, so it may still move. */
export interface LastDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/**
 * The last day of a limit that begins on `from`, which is not counted itself. A limit in calendar days that ends on a day off ends
 * on the next working day (《民法典》 第二百零三条, as administrative procedure follows it).
 */
export function lastDayOf(calendar: WorkingCalendar, from: Day, { days, unit }: DayCount): LastDay {
  if (unit === 'working') return addWorkingDays(calendar, from, days);
  const day = dayOfNumber(dayNumber(from) + days);
  if (isWorkingDay(calendar, day)) return { day, provisional: !isAnnounced(calendar, day) };
  return addWorkingDays(calendar, day, 0);
}
