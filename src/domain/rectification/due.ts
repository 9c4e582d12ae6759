import { addWorkingDays, type WorkingCalendar, workingDaysBetween } from '#domain/calendar/working-days.ts';
import type { DutyType } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { FindingLevel } from './state.ts';

/** The day by which a finding is put right, with the count from which it follows; no count where a person named the day. */
export interface DueDay {
  readonly dueOn: Day;
  readonly dueFrom: Day | null;
  readonly dueDays: number | null;
  /** The count passes a year whose holidays are not announced: the day may still move, and every page says so. */
  readonly provisional: boolean;
}

/** Counts working days from the day of the notice, which itself does not count. */
export function countedDue(calendar: WorkingCalendar, from: Day, days: number): DueDay {
  const { day, provisional } = addWorkingDays(calendar, from, days);
  return { dueOn: day, dueFrom: from, dueDays: days, provisional };
}

/** A day that a person named. */
export function namedDue(day: Day): DueDay {
  return { dueOn: day, dueFrom: null, dueDays: null, provisional: false };
}

/** A finding as its rising needs it. */
export interface Rising {
  readonly dutyType: DutyType;
  readonly managedBy: ManagingLevel;
  /** The finding lies at the city's own place. */
  readonly ofCity: boolean;
  readonly dueOn: Day;
  /** Working days from one level to the next. */
  readonly escalationDays: number;
}

/** The levels above the duty body, the nearest first: to these an overdue finding rises, one after the other. */
export function levelsAbove({
  dutyType,
  managedBy,
  ofCity,
}: Pick<Rising, 'dutyType' | 'managedBy' | 'ofCity'>): FindingLevel[] {
  return dutyType === 'school' && managedBy === 'county' && !ofCity ? ['county', 'city'] : ['city'];
}

/**
 * The levels to which an overdue finding has risen by `today`: the nearest on the first working day after its day, each
 * further one `escalationDays` working days later. Empty while it is not overdue. Holidays that are not announced count
 * as the week has them.
 */
export function risenTo(calendar: WorkingCalendar, rising: Rising, today: Day): FindingLevel[] {
  if (today <= rising.dueOn) return [];
  const { days } = workingDaysBetween(calendar, rising.dueOn, today);
  return levelsAbove(rising).filter((_, at) => days > at * rising.escalationDays);
}

/**
 * Minutes that urgent danger waits at a level for a person who acknowledges it, before it rises to the next. A choice of
 * the product: no rule names a number.
 */
export const dangerWaitsMinutes = 30;

/** The levels to which danger comes, in their order: the county in which it is, then the city. */
export function dangerLevels({ ofCity }: Pick<Rising, 'ofCity'>): FindingLevel[] {
  return ofCity ? ['city'] : ['county', 'city'];
}
