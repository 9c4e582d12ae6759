import { type StepDays, timetableFrom } from '#domain/evaluation/campaign/timetable.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { SampleRound } from './model.ts';

/** The timetable of a round around the day of the sample. */
export function roundDays({ kind, start }: Pick<SampleRound, 'kind' | 'start'>, today: Day): StepDays[] {
  return timetableFrom(kind, typeof start === 'number' ? addDays(today, -start) : start);
}

/** The title and the years of a round. */
export function roundYears({ title, decisionYear, assessmentYear }: SampleRound, today: Day) {
  const year = Number(today.slice(0, 4));
  return {
    title: title.replace('{year}', String(year)),
    decisionYear: Math.max(assessmentYear, decisionYear ?? year),
  };
}
