import { type Problem, problem } from '../kit/problem.ts';
import { addDays, type Day } from '../kit/school-year.ts';

/** The mark of what shows or lets hear children. */
export const ofMinors = '涉及未成年人';

/** Who may open a marked file, among those who read its subject. */
export const openersTitles = {
  reach: '能查看该事项的人员',
  judges: '仅上传人和审核人员',
} as const;

export type Openers = keyof typeof openersTitles;

export const openersKeys = Object.keys(openersTitles) as [Openers, ...Openers[]];

/** The terms that are offered for a marked file; the first is the usual one. */
export const keepTerms = [
  { months: 12, title: '1 年' },
  { months: 6, title: '6 个月' },
  { months: 36, title: '3 年' },
] as const;

/** No marked file is kept longer than ten years from the day on which its period is written. */
export const longestKeepMonths = 120;

/** Days between the end of the period and the removal of the content: the time in which it can still be prolonged. */
export const daysToProlong = 7;

/** The last day of a term of `months` that begins on `from`; the last of a month where that month is shorter. */
export function endOfTerm(from: Day, months: number): Day {
  const [year, month, date] = from.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}

/**
 * What is wrong with a last day, in words; null where it can be written on `today`. A period ends today at the earliest:
 * nobody writes that a file could not be opened yesterday.
 */
export function periodFault(until: Day, today: Day): string | null {
  const latest = endOfTerm(today, longestKeepMonths);
  if (until < today) return '保存到的日期不能早于今天';
  return until > latest ? `保存到的日期不能晚于 ${latest}，需要时到期前再延长` : null;
}

/** What the mark of a file says: for what it may be opened, until which day, and by whom. */
export interface FileMark {
  readonly purpose: string;
  readonly keepUntil: Day;
  readonly openers: Openers;
}

/** The mark that a row of a file says; null where it has none: the three stand together. */
export function markOf({
  purpose,
  keepUntil,
  openers,
}: {
  readonly [Part in keyof FileMark]: FileMark[Part] | null;
}): FileMark | null {
  return purpose === null || keepUntil === null || openers === null ? null : { purpose, keepUntil, openers };
}

/** The mark with which a form begins: the usual term, open to whoever reads the subject, its purpose still to be written. */
export const usualMark = (today: Day): FileMark => ({
  ...{ purpose: '', openers: 'reach' },
  keepUntil: endOfTerm(today, keepTerms[0].months),
});

/** Whether two marks say the same; null is no mark. */
export function isSameMark(one: FileMark | null, other: FileMark | null): boolean {
  if (one === null || other === null) return one === other;
  return one.purpose === other.purpose && one.keepUntil === other.keepUntil && one.openers === other.openers;
}

/**
 * Why a mark cannot become this one; null where it can. It narrows and never opens a file to more people, and its last day is written by
 * an act of its own, which prolongs too.
 * @param before the mark that stands; null where the file is not marked
 */
export function markRefusal(before: FileMark | null, after: FileMark): Problem | null {
  if (before === null) return null;
  if (before.openers === 'judges' && after.openers !== 'judges') return problem('file.notWidened');
  if (after.keepUntil !== before.keepUntil) {
    const message = '已标明的文件，保存期请用“保存期”调整';
    return problem('request.invalid', { issues: [{ path: 'mark.keepUntil', message }] });
  }
  return isSameMark(before, after) ? problem('thing.nothingChanges', { what: '这个文件的标记' }) : null;
}

/** A file as far as its mark goes; `keepUntil` and `openers` stand where it is marked. */
export interface MarkedFile {
  readonly keepUntil: Day | null;
  readonly openers: Openers | null;
  /** The day on which its content was removed after its period. */
  readonly removedOn: Day | null;
}

/** Who asks for a file: whether this person brought it, and whether the post judges its subject. */
export interface Opening {
  readonly brought: boolean;
  readonly judges: boolean;
}

/** Why a person who reads the subject opens the file not; null where it may be opened. */
export function openingRefusal(file: MarkedFile, { brought, judges }: Opening, today: Day): Problem | null {
  const { keepUntil, openers, removedOn } = file;
  if (keepUntil === null) return null;
  if (removedOn !== null) return problem('file.removed', { keepUntil, removedOn });
  if (keepUntil < today) {
    return problem('file.periodOver', { keepUntil, prolongUntil: addDays(keepUntil, daysToProlong) });
  }
  return openers === 'judges' && !brought && !judges ? problem('file.judgesOnly') : null;
}
