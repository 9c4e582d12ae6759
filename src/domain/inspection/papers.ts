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
 * The papers that this kind of inspector owes today: those of this school year and the one before whose day is near,
 * or has passed not too long ago. In the order of their days; the days are data of the city.
 * @param since the day of the appointment: what was due before it is not owed
 */
export function papersDue(
  kind: InspectorKind,
  rules: InspectorRules,
  today: Day,
  since: Day | null = null,
): PaperDue[] {
  const present = schoolYearOf(today);
  const { paperAskedBefore, paperOwedAfter } = periodsOn(rules, today);
  const [first, last] = [addDays(today, -paperOwedAfter), addDays(today, paperAskedBefore)];
  return [present - 1, present]
    .flatMap((schoolYear) =>
      holding(rules.papers, kind, today).map(({ paper, half, month, day }): PaperDue => {
        const year = month >= 9 ? schoolYear : schoolYear + 1;
        const dueOn = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        return { paper, schoolYear, half, dueOn };
      }),
    )
    .filter(({ dueOn }) => dueOn >= first && dueOn <= last && (since === null || dueOn >= since))
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
