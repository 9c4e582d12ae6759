import { addDays, daysBetween } from '#domain/kit/school-year.ts';

/** The days that a picture shows, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** A line of the axis: where it stands as a share of the whole, and what it says. */
export interface DayTick {
  readonly day: string;
  readonly at: number;
  readonly label: string;
}

/** How far from the timetable today may lie to be drawn with it. */
const nearby = 45;

/** The span of a timetable; today belongs to it where it is near. */
export function spanOf(days: readonly DaySpan[], today: string): DaySpan | null {
  if (days.length === 0) return null;
  const from = days.map((one) => one.from).sort()[0]!;
  const to = days
    .map((one) => one.to)
    .sort()
    .at(-1)!;
  const before = today < from && daysBetween(today, from) <= nearby;
  const after = today > to && daysBetween(to, today) <= nearby;
  return { from: before ? today : from, to: after ? today : to };
}

/** Where a day begins, as a share of the span; its end is the beginning of the next one. */
export function placeOf({ from, to }: DaySpan, day: string): number {
  return daysBetween(from, day) / (daysBetween(from, to) + 1);
}

/** The room in pixels that the name of a month takes, without and with its year. */
const [monthRoom, yearRoom] = [36, 84];

/**
 * The first days of months within the span. A month is named where its name has room before the next one; the year stands at the
 * first name and at the first of every year.
 */
export function monthTicks(span: DaySpan, width: number): DayTick[] {
  const begins: string[] = [];
  const [year, month] = span.from.split('-').map(Number) as [number, number];
  for (let at = 0; ; at += 1) {
    const [y, m] = [year + Math.floor((month - 1 + at) / 12), ((month - 1 + at) % 12) + 1];
    const day = `${y}-${String(m).padStart(2, '0')}-01`;
    if (day > span.to) break;
    begins.push(day < span.from ? span.from : day);
  }
  let named: string | undefined;
  let free = 0;
  return begins.map((day, index) => {
    const at = placeOf(span, day);
    const next = begins[index + 1];
    const [own, m] = [day.slice(0, 4), Number(day.slice(5, 7))];
    const isNewYear = own !== named;
    const room = ((next === undefined ? 1 : placeOf(span, next)) - at) * width;
    const needed = isNewYear ? yearRoom : monthRoom;
    const isBroken = index === 0 && !day.endsWith('-01');
    if (next === undefined && room < monthRoom) return { day, at, label: '' };
    // A name may reach over the next line where that one then has none; the rest of a month gives way to a whole one.
    if (at * width < free || (isBroken && next !== undefined && room < needed)) return { day, at, label: '' };
    named = own;
    free = at * width + needed;
    return { day, at, label: isNewYear ? `${own} 年 ${m} 月` : `${m} 月` };
  });
}

/** Days between the months: every fifth, tenth or none, as many as have room. */
export function dayTicks(span: DaySpan, width: number): DayTick[] {
  const perDay = width / (daysBetween(span.from, span.to) + 1);
  const step = [1, 5, 10].find((days) => days * perDay >= 22);
  if (step === undefined) return [];
  const last = width === 0 ? 1 : 1 - 20 / width;
  const ticks: DayTick[] = [];
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
    const date = Number(day.slice(8));
    if (step === 1 || (date % step === 1 && date < 28 && date !== 1)) {
      const at = placeOf(span, day);
      if (at <= last) ticks.push({ day, at, label: String(date) });
    }
  }
  return ticks;
}
