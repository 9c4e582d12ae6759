import { addDays, daysBetween } from '#domain/kit/school-year.ts';
import type { AnnouncedYear } from './announced-year.shape.ts';
import type { CalendarDay } from './working-days.ts';

/**
 * The days of an announcement that differ from the week.
 * @throws Error if a holiday does not have the number of days that the announcement counts, or a day occurs twice
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
