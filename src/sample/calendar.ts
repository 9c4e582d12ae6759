import type { CollectionState } from '#domain/collection/collection.ts';
import { type StepDays, timetableFrom } from '#domain/evaluation/campaign/timetable.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { frozenOn, type SampleRound, type SampleYear, sampleYears } from './model.ts';

/** The dates of one filing period. */
export interface SamplePeriod {
  readonly id: number;
  readonly year: SampleYear;
  readonly opensOn: Day;
  readonly deadline: Day;
  readonly graceDays: number;
  readonly cityDeadline: Day;
  readonly state: CollectionState;
}

/**
 * The periods of the sample. The earlier ones keep their dates. The last one lies around the day of loading: that day
 * is two days after the schools' deadline and within its grace, so that the desk shows the work of these weeks.
 */
export function samplePeriods(today: Day): SamplePeriod[] {
  return sampleYears.map((year, index): SamplePeriod => {
    const id = index + 1;
    if (year !== 2025) {
      const dates = {
        opensOn: frozenOn(year),
        deadline: `${year}-10-25`,
        graceDays: 10,
        cityDeadline: `${year}-11-20`,
      };
      return { id, year, ...dates, state: 'closed' };
    }
    const dates = { opensOn: addDays(today, -30), deadline: addDays(today, -2), cityDeadline: addDays(today, 19) };
    return { id, year, ...dates, graceDays: 14, state: 'open' };
  });
}

/** An hour of a day in China, as an instant; never after the moment of loading. */
export function momentOn(day: Day, minutes: number, now: Date): Date {
  const moment = new Date(`${day}T00:00:00+08:00`);
  moment.setMinutes(moment.getMinutes() + 480 + (minutes % 570));
  return moment > now ? now : moment;
}

/** The timetable of a round around the day of the sample. */
export function roundDays({ kind, start }: Pick<SampleRound, 'kind' | 'start'>, today: Day): StepDays[] {
  return timetableFrom(kind, typeof start === 'number' ? addDays(today, -start) : start);
}

/** The year in which the results of a round are decided. */
export function decisionYearOf({ decisionYear, assessmentYear }: SampleRound, today: Day): number {
  return Math.max(assessmentYear, decisionYear ?? Number(today.slice(0, 4)));
}
