import { addDays, type Day, schoolYearOf } from '../kit/school-year.ts';
import type { Half, InspectorKind, PaperKind } from './inspector.ts';
import { holding, type InspectorRules, periodsOn } from './inspector-rules.shape.ts';

/** A paper that an inspector owes for one half of a school year. */
export interface PaperDue {
  readonly paper: PaperKind;
  readonly schoolYear: number;
  readonly half: Half;
  readonly dueOn: Day;
}

/**
 * The papers that this kind of inspector owes today: those whose day is near, or has passed not too long ago. In the order
 * of their days; the days are data of the city.
 * @param since the day of the appointment: what was due before it is not owed
 */
export function papersDue(
  kind: InspectorKind,
  rules: InspectorRules,
  today: Day,
  since: Day | null = null,
): PaperDue[] {
  const first = addDays(today, -periodsOn(rules, today).paperOwedAfter);
  return papersFrom(since === null || since < first ? first : since, kind, rules, today);
}

/** School years back from the present one: more than three terms in a row, and the bound of one entry. */
const yearsBack = 10;

/**
 * Every paper that this kind of inspector owes since the appointment, however long its day has passed: one that was never
 * written is still seen, and can still come. In the order of their days.
 * @param since the day of the appointment; null where nobody knows it: then those that are owed today
 */
export function papersOwed(kind: InspectorKind, rules: InspectorRules, today: Day, since: Day | null): PaperDue[] {
  if (since === null) return papersDue(kind, rules, today);
  const first = `${schoolYearOf(today) - yearsBack}-09-01`;
  return papersFrom(since < first ? first : since, kind, rules, today);
}

/** The papers whose day lies between this one and the day until which papers are asked for. */
function papersFrom(first: Day, kind: InspectorKind, rules: InspectorRules, today: Day): PaperDue[] {
  const [present, earliest] = [schoolYearOf(today), schoolYearOf(first)];
  const last = addDays(today, periodsOn(rules, today).paperAskedBefore);
  return Array.from({ length: present - earliest + 1 }, (_, at) => earliest + at)
    .flatMap((schoolYear) =>
      holding(rules.papers, kind, today).map(({ paper, half, month, day }): PaperDue => {
        const year = month >= 9 ? schoolYear : schoolYear + 1;
        const dueOn = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        return { paper, schoolYear, half, dueOn };
      }),
    )
    .filter(({ dueOn }) => dueOn >= first && dueOn <= last)
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
}

/** Those of the papers due whose day has passed: the office is told of them. */
export function papersLate(kind: InspectorKind, rules: InspectorRules, today: Day): PaperDue[] {
  return papersDue(kind, rules, today).filter(({ dueOn }) => dueOn < today);
}

/** The part of an entry under which the files of a paper hang: `plan 2025 autumn`. */
export function paperPart({ paper, schoolYear, half }: Pick<PaperDue, 'paper' | 'schoolYear' | 'half'>): string {
  return `${paper} ${schoolYear} ${half}`;
}
