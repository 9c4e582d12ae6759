import type { Day } from '#domain/kit/school-year.ts';

/** The kind of notice by which a school is reminded to file. */
export const reminder = 'filing.reminder';

/** The kinds of notice by which schools and counties hear that a year of filing was opened, or taken back. */
export const collectionOpened = 'filing.opened';
export const collectionWithdrawn = 'filing.withdrawn';

/** The kinds of notice by which counties hear that a school year was archived, or opened again. */
export const yearArchived = 'filing.yearArchived';
export const yearUnarchived = 'filing.yearUnarchived';

/** The kinds of notices about filings, each with its words. */
export const filingNoticeTitles: Readonly<Record<string, string>> = {
  [reminder]: '已被催报',
  [collectionOpened]: '开启了数据填报',
  [collectionWithdrawn]: '撤销了数据填报',
  [yearArchived]: '归档了学年',
  [yearUnarchived]: '解除了学年归档',
};

/** A school is reminded once a day, also by two who press at the same moment. */
export function onceADay(day: Day) {
  return ({ id }: { readonly id: string }) => `${reminder} ${id} ${day}`;
}
