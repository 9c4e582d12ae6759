import { addDays, type Day, schoolYearOf } from '../kit/school-year.ts';
import type { Half, InspectorKind, PaperKind } from './inspector.ts';
import type { InspectorRules } from './inspector-rules.shape.ts';

/** A paper that an inspector owes for one half of a school year. */
export interface PaperDue {
  readonly paper: PaperKind;
  readonly schoolYear: number;
  readonly half: Half;
  readonly dueOn: Day;
}

/** Days before its day at which a paper is asked for. */
const askedBefore = 30;

/**
 * The papers that this kind of inspector owes today: those of the present school year whose day has come near or passed,
 * and those of the year before that are younger than half a year. In the order of their days; the days are data of the city.
 * @param since the day of the appointment: what was due before it is not owed
 */
export function papersDue(
  kind: InspectorKind,
  rules: InspectorRules,
  today: Day,
  since: Day | null = null,
): PaperDue[] {
  const present = schoolYearOf(today);
  const [first, last] = [addDays(today, -183), addDays(today, askedBefore)];
  return [present - 1, present]
    .flatMap((schoolYear) =>
      rules.papers
        .filter(({ kinds }) => kinds.includes(kind))
        .map(({ paper, half, month, day }): PaperDue => {
          const year = month >= 9 ? schoolYear : schoolYear + 1;
          const dueOn = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          return { paper, schoolYear, half, dueOn };
        }),
    )
    .filter(({ dueOn }) => dueOn >= first && dueOn <= last && (since === null || dueOn >= since))
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
}

/** Those of the papers due whose day has passed: of them an office that waits is told. */
export function papersLate(kind: InspectorKind, rules: InspectorRules, today: Day): PaperDue[] {
  return papersDue(kind, rules, today).filter(({ dueOn }) => dueOn < today);
}
