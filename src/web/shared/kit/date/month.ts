import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';

/** `2026 年 9 月`, the month of a day. */
export function monthTitle(day: Day): string {
  return `${Number(day.slice(0, 4))} 年 ${Number(day.slice(5, 7))} 月`;
}

/** The same day so many months later (negative: earlier), or the last day of that month where it is shorter. */
export function monthLater(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = firstOf(month);
  const last = daysBetween(first, firstOf(month + 1)) - 1;
  return addDays(first, Math.min(Number(day.slice(8)) - 1, last));
}

/** The place of a day in its week: 0 is Monday. */
export function dayOfWeek(day: Day): number {
  // 1970-01-05 was a Monday.
  return ((daysBetween('1970-01-05', day) % 7) + 7) % 7;
}

/** The weeks of the month of a day, from Monday to Sunday, filled up with the days around it. */
export function daysOfMonth(day: Day): Day[][] {
  const first = `${day.slice(0, 8)}01`;
  const length = daysBetween(first, monthLater(first, 1));
  const before = dayOfWeek(first);
  const weeks = Math.ceil((before + length) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => addDays(first, week * 7 + at - before)),
  );
}

function firstOf(month: number): Day {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}
