/** A calendar day, `YYYY-MM-DD`, without time or zone: deadlines and founding days are days of the office's calendar. */
export type Day = string;

/** A school year by the calendar year it begins in: 2025 is the year 2025—2026, beginning on 1 September 2025. */
export type SchoolYear = number;

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const millisecondsPerDay = 86_400_000;

/** True for a day that exists in the calendar (`2025-02-29` does not). */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text);
  if (!match) return false;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.toISOString().startsWith(text);
}

/** The day on which an instant falls in China (UTC+8, no summer time since 1991). */
export function dayInChina(instant: Date): Day {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The moment in China to the second, as clocks show it there: `2026-11-28 20:05:09`. */
export function momentInChina(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The day `days` later (negative: earlier). `day` must exist. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The number of days between two days, `to` − `from`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsPerDay);
}

/** The first day of a school year, the reference date of the education statistics. */
export function firstDayOf(schoolYear: SchoolYear): Day {
  return `${String(schoolYear).padStart(4, '0')}-09-01`;
}

/** The school year of a day. */
export function schoolYearOf(day: Day): SchoolYear {
  const year = Number(day.slice(0, 4));
  return day >= firstDayOf(year) ? year : year - 1;
}

/** `2025 学年`: on the screen, in files and on paper alike, named after the autumn in which it begins. */
export function schoolYearName(schoolYear: SchoolYear): string {
  return `${schoolYear} 学年`;
}

/** A day as an official letter writes it (GB/T 9704-2012, 7.3.5.4: Arabic figures, no zeros before): `2026年11月27日`. */
export function dayInLetter(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return [year, '年', month, '月', date, '日'].join('');
}
