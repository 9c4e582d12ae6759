import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';
import type { CalendarDay } from './working-days.ts';

/** One holiday of an announcement: its days off, first and last included, and the weekend days worked for it. */
export interface AnnouncedHoliday {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
  /** How many days the announcement itself counts (共 N 天). */
  readonly days: number;
  readonly worked: readonly Day[];
}

/** The notice in which the State Council announces the holidays of a year, as `reference/calendar/` keeps it. */
export interface AnnouncedYear {
  readonly year: number;
  /** Its number, such as 国办发明电〔2025〕7号. */
  readonly document: string;
  readonly title: string;
  readonly issued: Day;
  readonly holidays: readonly AnnouncedHoliday[];
}

/**
 * The days of an announcement that differ from the week.
 * @throws Error where a holiday does not have the days that the announcement counts, or a day stands there twice
 */
export function daysOf({ document, holidays }: AnnouncedYear): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (const { name, from, to, days: counted, worked } of holidays) {
    const length = daysBetween(from, to) + 1;
    if (length !== counted) throw new Error(`${document}: ${name} has ${length} days and not ${counted}`);
    for (let at = 0; at < length; at += 1) days.push({ day: addDays(from, at), kind: 'holiday', name });
    days.push(...worked.map((day): CalendarDay => ({ day, kind: 'workday', name })));
  }
  if (new Set(days.map(({ day }) => day)).size !== days.length) throw new Error(`${document} names a day twice`);
  return days;
}
