import type { Generator } from '#domain/kit/generator.ts';
import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';
import type { SubjectRecord, Term, VisitRecord } from '#domain/procedure/facts.ts';
import { clearance, dayBetween, earlier, later } from './span.ts';

/** The terms of the simulated years, named after the school year and its half. */
export const terms: readonly Term[] = [
  { id: '2019-autumn', from: '2019-09-01', to: '2020-01-17' },
  { id: '2019-spring', from: '2020-02-17', to: '2020-07-18' },
  { id: '2020-autumn', from: '2020-08-31', to: '2021-01-29' },
  { id: '2020-spring', from: '2021-02-22', to: '2021-07-09' },
  { id: '2021-autumn', from: '2021-09-01', to: '2022-01-21' },
  { id: '2021-spring', from: '2022-02-14', to: '2022-07-01' },
  { id: '2022-autumn', from: '2022-08-29', to: '2023-01-13' },
  { id: '2022-spring', from: '2023-02-06', to: '2023-07-07' },
  { id: '2023-autumn', from: '2023-09-01', to: '2024-01-26' },
  { id: '2023-spring', from: '2024-02-19', to: '2024-07-05' },
];

/** That day, or the next one that is not near the beginning or the end of a term. */
export function clearOfTerms(day: Day): Day {
  const near = terms.some(
    ({ from, to }) => Math.abs(daysBetween(from, day)) < clearance || Math.abs(daysBetween(to, day)) < clearance,
  );
  return near ? clearOfTerms(addDays(day, 1)) : day;
}

/** A school in a term in which it was visited too rarely. */
export interface Neglect {
  readonly schoolId: string;
  readonly termId: string;
}

/** The regular visits of five years, sorted by school and day, and where they are too few. */
export function plantVisits(
  random: Generator,
  subjects: readonly SubjectRecord[],
  count: number,
): { readonly visits: VisitRecord[]; readonly neglected: Neglect[] } {
  const schools = subjects.filter(({ type }) => type === 'school');
  const owed = schools.flatMap((school) =>
    terms.filter((term) => isOpenThrough(school, term)).map((term) => ({ schoolId: school.id, termId: term.id })),
  );
  const neglected = random.shuffle(owed).slice(0, count);
  const ways = new Map(neglected.map(({ schoolId, termId }, way) => [`${schoolId} ${termId}`, way]));
  const visits: VisitRecord[] = [];
  for (const school of schools) {
    const draw = random.fork(school.id);
    for (const term of terms) {
      const way = ways.get(`${school.id} ${term.id}`);
      const days = way === undefined ? daysOf(draw, school, term) : tooFew(draw, term, way);
      for (const on of days) visits.push({ schoolId: school.id, on });
    }
  }
  visits.sort((one, other) => compare(one.schoolId, other.schoolId) || compare(one.on, other.on));
  return { visits, neglected };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function isOpenThrough(school: SubjectRecord, term: Term): boolean {
  return school.open.some(({ from, to }) => from <= term.from && (to === null || to >= term.to));
}

function within(random: Generator, term: Term): Day {
  return dayBetween(random, addDays(term.from, clearance), addDays(term.to, -clearance));
}

/** In the holidays after the term, which count for no term. */
function afterwards(random: Generator, term: Term): Day {
  return addDays(term.to, random.integer(clearance, 12));
}

/** None, one, two on one day, or one and another in the holidays, in turn. */
function tooFew(random: Generator, term: Term, way: number): Day[] {
  const day = within(random, term);
  return [[], [day], [day, day], [day, afterwards(random, term)]][way % 4]!;
}

/** Visits that break nothing: often just two, and any number where the school was not open through the term. */
function daysOf(random: Generator, school: SubjectRecord, term: Term): Day[] {
  if (!isOpenThrough(school, term)) {
    return school.open.flatMap(({ from, to }) => {
      const [first, last] = [later(from, term.from), earlier(to ?? term.to, term.to)];
      return first <= last && random.chance(0.5) ? [dayBetween(random, first, last)] : [];
    });
  }
  const days = new Set<Day>();
  const count = random.chance(0.4) ? 2 : random.integer(3, 6);
  while (days.size < count) days.add(within(random, term));
  const result = [...days];
  if (random.chance(0.05)) result.push(result[0]!);
  const holiday = afterwards(random, term);
  const isOpen = school.open.some(({ from, to }) => from <= holiday && (to === null || to >= holiday));
  if (isOpen && random.chance(0.03)) result.push(holiday);
  return result;
}
