import type { Day } from '#domain/kit/school-year.ts';

/** What an inspection is by 《教育督导条例》（国务院令第 624 号） 第十三条: one or several matters (专项督导), or all (综合督导). */
export const inspectionForms = ['special', 'comprehensive'] as const;
export type InspectionForm = (typeof inspectionForms)[number];

/** Whom the law knows as inspected (第二条): governments of a lower level, and schools. */
export const subjectTypes = ['government', 'school'] as const;
export type SubjectType = (typeof subjectTypes)[number];

/**
 * What the law asks about one inspection. Days on which something happened; `statementDue` and `rectifyBy` are days that were set,
 * and may lie ahead; `groupSize` and `findings` are counts.
 */
export const inspectionFacts = [
  /** Least number of inspectors of the group on a day of its work. */
  'groupSize',
  /** Problems that the opinion letter names. */
  'findings',
  'noticeIssuedOn',
  'visitFrom',
  'visitTo',
  'selfAskedOn',
  'selfReviewedOn',
  'publicHeardOn',
  'pupilsHeardOn',
  'parentsHeardOn',
  'teachersHeardOn',
  /** The day on which the preliminary opinion was fed back; of several the last. */
  'preliminaryOn',
  'statementFrom',
  /** The last day on which the subject can state its case. */
  'statementDue',
  /** The subject said that it has nothing to state. */
  'waivedOn',
  'lastStatedOn',
  /** The last statement was answered. */
  'allAnsweredOn',
  'opinionOn',
  /** The day by which the opinion letter asks to put things right. */
  'rectifyBy',
  'rectifiedOn',
  'checkedOn',
  'reportedOn',
  'filedOn',
  'publishedOn',
  'closedOn',
] as const;
export type InspectionFact = (typeof inspectionFacts)[number];

/** Days that were set and not lived: they may lie ahead of the day on which the clock is read. */
export const plannedFacts: ReadonlySet<InspectionFact> = new Set(['statementDue', 'rectifyBy']);

export const countedFacts: ReadonlySet<InspectionFact> = new Set(['groupSize', 'findings']);

/**
 * One inspection as it is recorded. A fact that is absent is unknown: nothing records it here, and nothing is said of it. Null
 * means that it is recorded, and has not happened.
 */
export interface InspectionRecord {
  readonly id: string;
  readonly subjectId: string;
  readonly form: InspectionForm;
  readonly facts: { readonly [Fact in InspectionFact]?: Day | number | null };
  /** The day on which it was given up; then it owes nothing and counts for no cycle. */
  readonly cancelledOn: Day | null;
}

/** Whoever is inspected. */
export interface SubjectRecord {
  readonly id: string;
  readonly type: SubjectType;
  /** When it was there, each first and last day included; the last one has no end while it goes on. */
  readonly open: readonly { readonly from: Day; readonly to: Day | null }[];
  /** The day of its last inspection before the records begin, where somebody has entered it. */
  readonly lastBefore: Day | null;
}

/** A regular visit (经常性督导) of a responsible inspector to a school. */
export interface VisitRecord {
  readonly schoolId: string;
  readonly on: Day;
}

/** A term of a school year, as the office set it; both days included. */
export interface Term {
  readonly id: string;
  readonly from: Day;
  readonly to: Day;
}
