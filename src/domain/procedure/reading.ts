import type { WorkingCalendar } from '#domain/calendar/working-days.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Article } from './articles.shape.ts';
import type { InspectionForm, InspectionRecord, SubjectRecord, Term, VisitRecord } from './facts.ts';

/** Days that an office has set for a rule `within`, in force on the day from which they count. */
export interface OfficeDays {
  /** The key of the article. */
  readonly rule: string;
  /** Null: for every form of inspection. */
  readonly form: InspectionForm | null;
  readonly days: number;
  readonly unit: 'calendar' | 'working';
  readonly from: Day;
  readonly until: Day | null;
}

/** What the clock reads. Inspections lie in the order of their subjects and days, visits in the order of schools and days. */
export interface ClockInput {
  readonly articles: readonly Article[];
  readonly officeDays: readonly OfficeDays[];
  readonly calendar: WorkingCalendar;
  /** The day on which the clock is read. What happened later has not happened. */
  readonly asOf: Day;
  /** What is owed by a later day is counted and not listed: an office is warned early, and not of what lies years ahead. */
  readonly warnUntil: Day;
  /** The first day from which all inspections are recorded. */
  readonly recordsFrom: Day;
  /** The first day from which all visits are recorded; null where nothing records them. */
  readonly visitsFrom: Day | null;
  readonly subjects: readonly SubjectRecord[];
  readonly inspections: readonly InspectionRecord[];
  readonly terms: readonly Term[];
  readonly visits: readonly VisitRecord[];
}

/**
 * Something that a rule asks and that is not as it asks.
 * - `owed`: not there yet, and its day has not passed;
 * - `late`: there, but after its day, or in the wrong order;
 * - `missing`: not there, and its day has passed.
 */
export interface Due {
  readonly article: string;
  readonly subjectId: string;
  readonly inspectionId: string | null;
  readonly termId: string | null;
  readonly state: 'owed' | 'late' | 'missing';
  /** The last day for it. */
  readonly dueOn: Day;
  /** The day on which it happened; null where it has not. */
  readonly happenedOn: Day | null;
  /** The last day passes a year without announced holidays, and may still move: then nothing is late or missing yet. */
  readonly provisional: boolean;
}

/** How often a rule was asked, by what it found. Unknown: nothing records what it asks, so nothing is said. */
export interface RuleCount {
  readonly held: number;
  readonly owed: number;
  readonly late: number;
  readonly missing: number;
  readonly unknown: number;
}

export interface ClockReading {
  /** What does not hold, in the order of the input. */
  readonly dues: readonly Due[];
  /** By the key of the article. */
  readonly counts: ReadonlyMap<string, RuleCount>;
}

/** The breaches among the dues: what came late, and what is missing. */
export const isBreach = ({ state }: Pick<Due, 'state'>): boolean => state !== 'owed';

type OpenCount = { -readonly [Key in keyof RuleCount]: number };

/** Where the rules put down what they find. */
export class Findings {
  readonly dues: Due[] = [];
  readonly #counts = new Map<string, OpenCount>();
  readonly #warnUntil: Day;

  constructor({ warnUntil }: Pick<ClockInput, 'warnUntil'>) {
    this.#warnUntil = warnUntil;
  }

  get counts(): ReadonlyMap<string, RuleCount> {
    return this.#counts;
  }

  /** Where a rule counts what it found: it is asked once a rule, because most of a city holds. */
  countOf(article: string): OpenCount {
    let count = this.#counts.get(article);
    if (count === undefined) {
      count = { held: 0, owed: 0, late: 0, missing: 0, unknown: 0 };
      this.#counts.set(article, count);
    }
    return count;
  }

  /** Counts and lists; what is owed later than anybody is warned is counted alone. */
  add(due: Due): void {
    this.countOf(due.article)[due.state] += 1;
    if (isBreach(due) || due.dueOn <= this.#warnUntil) this.dues.push(due);
  }
}
