import { halfWidth } from '#domain/kit/half-width.ts';
import { addDays, type Day, isDay } from '#domain/kit/school-year.ts';

/** From when and until when; null where the text does not say. */
export interface Span {
  readonly fromDay: Day | null;
  readonly toDay: Day | null;
}

const two = (number: number) => String(number).padStart(2, '0');
const first = (year: number, month: number): Day => `${year}-${two(month)}-01`;
const last = (year: number, month: number): Day =>
  addDays(month === 12 ? `${year + 1}-01-01` : first(year, month + 1), -1);
const quarter = (sign: string) => ('一二三四'.indexOf(sign) + 1 || Number(sign)) * 3;

type Reading = (year: number, groups: readonly (string | undefined)[]) => Span | null;
const months = (year: number, from: number, to: number): Span | null =>
  from >= 1 && to <= 12 && from <= to ? { fromDay: first(year, from), toDay: last(year, to) } : null;

/** The words for days, the longest first. `(?:(\d{4})年)?` is the year that the text names itself. */
const words: ReadonlyArray<readonly [RegExp, Reading]> = [
  [
    /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之?前|以前)/,
    (year, [, , month, day]) => {
      const until = `${year}-${two(Number(month))}-${two(Number(day))}`;
      return isDay(until) ? { fromDay: null, toDay: until } : null;
    },
  ],
  [
    /(?:(\d{4})年)?(\d{1,2})月?(?:至|到|-|—|－)(\d{1,2})月/,
    (year, [, , from, to]) => months(year, Number(from), Number(to)),
  ],
  [
    /(?:(\d{4})年)?(\d{1,2})月(?:份)?(?:底|末)?(?:之?前|以前)/,
    (year, [whole, , month]) => {
      const { toDay = null } = months(year, Number(month), Number(month)) ?? {};
      // 6月前 ends before June begins, 6月底前 with its last day.
      const early = toDay !== null && !/底|末/.test(whole ?? '');
      return toDay === null ? null : { fromDay: null, toDay: early ? addDays(first(year, Number(month)), -1) : toDay };
    },
  ],
  [
    /(?:(\d{4})年)?(\d{1,2})月份?(?!\d|[^，。；]{0,3}日)/,
    (year, [, , month]) => months(year, Number(month), Number(month)),
  ],
  [
    /(?:(\d{4})年)?第?([一二三四1234])季度/,
    (year, [, , sign]) => months(year, quarter(sign ?? '') - 2, quarter(sign ?? '')),
  ],
  [/(?:(\d{4})年)?上半年/, (year) => months(year, 1, 6)],
  [/(?:(\d{4})年)?下半年/, (year) => months(year, 7, 12)],
  [/(?:(\d{4})年)?(?:年底|年末)(?:之?前|以前)?/, (year) => ({ fromDay: null, toDay: last(year, 12) })],
  [/(?:(\d{4})年)?(?:年内|全年|一年一次|每年一次|每季度|每学期|每月)/, (year) => months(year, 1, 12)],
];

/**
 * When a task is to be done, by the words of its text: 年底前, 6月底前, 9月10日前, 3至5月, 第三季度, 上半年, 一年一次. Where several
 * are said, the task lasts from the first day to the last.
 * @param year the year of the plan
 */
export function daysIn(text: string, year: number): Span {
  let rest = halfWidth(text).replaceAll(/[《“][^》”]*[》”]/g, '');
  let span: Span = { fromDay: null, toDay: null };
  for (const [pattern, read] of words) {
    for (let found = pattern.exec(rest); found; found = pattern.exec(rest)) {
      rest = rest.slice(0, found.index) + '，'.repeat(found[0].length) + rest.slice(found.index + found[0].length);
      const own = found[1] === undefined ? year : Number(found[1]);
      const next = read(own, [...found]);
      if (next) span = { fromDay: earlier(span.fromDay, next.fromDay), toDay: later(span.toDay, next.toDay) };
    }
  }
  return span;
}

const earlier = (one: Day | null, other: Day | null) => (one === null || (other !== null && other < one) ? other : one);
const later = (one: Day | null, other: Day | null) => (one === null || (other !== null && other > one) ? other : one);
