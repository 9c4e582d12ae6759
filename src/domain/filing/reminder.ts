import type { Day } from '#domain/kit/school-year.ts';

/** The kind of notice by which a school is reminded to file. */
export const reminder = 'filing.reminder';

/** A school is reminded once a day, also by two who press at the same moment. */
export function onceADay(day: Day) {
  return ({ id }: { readonly id: string }) => `${reminder} ${id} ${day}`;
}
