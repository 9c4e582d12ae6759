import type { Generator } from '#domain/kit/generator.ts';
import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';

/** The back records begin here; of earlier inspections only the day may be known. */
export const recordsFrom: Day = '2017-09-01';
/** The five simulated years begin here; inspections that ended earlier are back records. */
export const simulatedFrom: Day = '2019-09-01';
/** The day on which the clock is read, the last of the simulated years. */
export const asOf: Day = '2024-08-31';

/** Margin in days to every edge of a count on the lawful side. */
export const clearance = 3;
/** Margin on the late side: it also passes the longest run of days off, by which a limit may move. */
export const lateBy = 14;

/** Any day from `from` to `to`, both included. */
export function dayBetween(random: Generator, from: Day, to: Day): Day {
  const length = daysBetween(from, to);
  if (length < 0) throw new RangeError(`no day between ${from} and ${to}`);
  return addDays(from, random.integer(0, length));
}

export function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

export function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}

/** The same day some years later; 29 February becomes 28 February. */
export function yearsAfter(day: Day, years: number): Day {
  const rest = day.slice(5) === '02-29' && years % 4 !== 0 ? '02-28' : day.slice(5);
  return `${Number(day.slice(0, 4)) + years}-${rest}`;
}

/** The day itself, or the Friday before it at a weekend: groups do not end a visit on a day off. */
export function weekdayUpTo(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 6) return addDays(day, -1);
  return weekday === 0 ? addDays(day, -2) : day;
}
