import { addWorkingDays, isAnnounced, isWorkingDay, type WorkingCalendar } from '#domain/calendar/working-days.ts';
import { type Day, isDay } from '#domain/kit/school-year.ts';

/** A day as the number of days since 1 January 1970: rules compare some million days, and count none of them. */
export type DayNumber = number;

const zeroCode = '0'.charCodeAt(0);
const beforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** @param day a day that exists, `YYYY-MM-DD` */
export function dayNumber(day: Day): DayNumber {
  const year = digits(day, 0) * 100 + digits(day, 2);
  const month = digits(day, 5);
  // Leap days before this one, counted from year 0; of the year itself only behind February.
  const whole = month > 2 ? year : year - 1;
  const leaps = Math.floor(whole / 4) - Math.floor(whole / 100) + Math.floor(whole / 400);
  return year * 365 + leaps + beforeMonth[month - 1]! + digits(day, 8) - 719_528;
}

/** The number that two digits write. */
function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - zeroCode) * 10 + text.charCodeAt(at + 1) - zeroCode;
}

/** The day of a number, `YYYY-MM-DD`. */
export function dayOfNumber(number: DayNumber): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The same day so many years later; 29 February counts as 28 February where the year has none. */
export function yearsLater(day: Day, years: number): Day {
  const later = String(Number(day.slice(0, 4)) + years).padStart(4, '0') + day.slice(4);
  return later.endsWith('-02-29') && !isDay(later) ? later.replace(/29$/, '28') : later;
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
