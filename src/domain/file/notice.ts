import { addDays, type Day } from '../kit/school-year.ts';
import { daysToProlong } from './marked-file.ts';

/** Kinds of notices about marked files, as `notices` keeps them. They go to whoever brought the file. */
export const fileNoticeKinds = {
  shortened: 'files.shortened',
  detached: 'files.detached',
  restored: 'files.restored',
  ending: 'files.ending',
} as const;

/** The kinds, each with its words. */
export const fileNoticeTitles: Readonly<Record<string, string>> = {
  'files.shortened': '缩短了附件的保存期',
  'files.detached': '移除了附件',
  'files.restored': '恢复了附件',
  'files.ending': '附件即将清理',
};

/** So many days before the content of a marked file goes it is told, the longest first. */
export const daysTold = [30, 7] as const;

/** The first day on which the content of a marked file is not there any more. */
export const goneOn = (keepUntil: Day): Day => addDays(keepUntil, daysToProlong + 1);

/** The last days of marked files whose content goes within the longest of `daysTold`, the first and the last of them. */
export const endingDays = (today: Day): { readonly from: Day; readonly until: Day } => ({
  from: addDays(today, -daysToProlong),
  until: addDays(today, daysTold[0] - daysToProlong - 1),
});

/** Which of `daysTold` is reached today; null where the content stays longer, or is to go already. */
export function toldDays(keepUntil: Day, today: Day): (typeof daysTold)[number] | null {
  const gone = goneOn(keepUntil);
  return gone <= today ? null : (daysTold.findLast((days) => addDays(today, days) >= gone) ?? null);
}
