import { periodDays, periodName } from '#domain/calendar/period.ts';
import type { SampleRoundSubject } from '../model.ts';
import type { EvaluationTables } from './evaluation-tables.ts';
import { sampleWords } from './evaluations.shape.ts';
import type { Entered } from './facts.ts';
import type { Hand } from './unit-scene.ts';

/** The calendar years of which somebody of the sample is asked. */
const calendarYears: readonly number[] = [2020, 2021, 2022, 2023, 2024, 2025];
const firstCalendarPeriod = 101;

/** The ids of the school years, as the filings of the sample lay them. */
const schoolYearPeriods: ReadonlyMap<number, number> = new Map([
  [2023, 1],
  [2024, 2],
  [2025, 3],
]);

/** The period of a calendar year; undefined for a year of which nobody is asked. */
const calendarPeriod = (year: number): number | undefined =>
  calendarYears.includes(year) ? firstCalendarPeriod + calendarYears.indexOf(year) : undefined;

/** The facts that people enter for the evaluations, and the calendar years of which they speak. */
export class EnteredRows {
  readonly #tables: EvaluationTables;
  readonly #nextId: () => string;
  readonly #known = new Map<string, number>();

  constructor(tables: EvaluationTables, nextId: () => string) {
    this.#tables = tables;
    this.#nextId = nextId;
    for (const year of calendarYears) {
      const { startsOn, endsOn } = periodDays({ kind: 'calendar-year', year });
      const name = periodName({ kind: 'calendar-year', year });
      tables.periods.add(calendarPeriod(year)!, 'calendar-year', year, name, startsOn, endsOn);
    }
  }

  /** Lays what was entered; what an earlier round has entered of a year stands. */
  add(subject: SampleRoundSubject, entered: readonly Entered[], by: Hand, at: Date): Entered[] {
    return entered.flatMap((one, index) => {
      const { name, period, year, value } = one;
      const periodId = period === 'calendarYear' ? calendarPeriod(year) : schoolYearPeriods.get(year);
      if (periodId === undefined) return [];
      const key = `${subject.placeId} ${subject.schoolId} ${name} ${periodId}`;
      const before = this.#known.get(key);
      if (before !== undefined) return [{ ...one, value: before }];
      this.#known.set(key, value);
      const document = sampleWords.documents[index % sampleWords.documents.length]!;
      this.#add(subject, name, periodId, value, { source: 'evaluations', document }, by, at);
      return [one];
    });
  }

  /** Lays what the office has found of rules that no figure decides: they do not hold. */
  addRulings(subject: SampleRoundSubject, names: readonly string[], year: number, by: Hand, at: Date): void {
    const said = { source: 'question', document: sampleWords.documents[0]! };
    for (const name of names) this.#add(subject, name, calendarPeriod(year)!, 'false', said, by, at);
  }

  #add(
    { placeId, schoolId }: SampleRoundSubject,
    name: string,
    periodId: number,
    value: number | string,
    { source, document }: { readonly source: string; readonly document: string },
    by: Hand,
    at: Date,
  ): void {
    this.#tables.facts.add(
      ...[placeId, this.#nextId(), schoolId === null ? 'unit' : 'school', schoolId ?? placeId, name, periodId],
      ...[value, source, document, by.id, by.name, at],
    );
  }
}
