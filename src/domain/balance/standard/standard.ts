import type { CompulsoryLevel, SchoolLevel } from '../../org/school-level.ts';

/** A figure for each level that is judged. */
export type ByLevel<T> = Readonly<Record<CompulsoryLevel, T>>;

/** The document that a standard comes from; dates as `YYYY-MM-DD`, `effectiveTo` null while in force. */
export interface StandardDocument {
  readonly title: string;
  readonly number: string;
  readonly issued: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/**
 * One indicator: value = numerator · factor / denominator, evaluated for each school and level; the denominator is also
 * the weight of the school in 差异系数. `split` marks material resources, which a combined school shares out among its
 * stages. `limits` are those of 差异系数, `thresholds` those of the single school; null where the standard has none.
 */
export interface StandardIndicator {
  readonly key: string;
  readonly name: string;
  /** For chart axes and narrow columns: 教学用房. */
  readonly shortName: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly factor: number;
  readonly unit: string;
  readonly split: boolean;
  readonly limits: ByLevel<number> | null;
  readonly thresholds: ByLevel<number> | null;
  /** Decimals of the official tables (表Ⅱ values, 表Ⅲ means). */
  readonly decimals: number;
}

/** Leaves out the schools for which `when` (a formula over the fields of a school) holds; the first that holds counts. */
export interface StandardExclusion {
  readonly levels: readonly CompulsoryLevel[];
  readonly when: string;
  readonly reason: string;
  /** Document number and what it says; absent where the city has added the exclusion itself. */
  readonly source?: string;
}

/** What the rules leave open and how this edition answers it; `concerns` finds the schools that it touches. */
export interface StandardAssumption {
  readonly text: string;
  readonly concerns: string | null;
}

export type Verdict = 'pass' | 'fail' | 'provisional' | 'unavailable';

/** An edition of a balance standard, as kept in `reference/standards/`. */
export interface BalanceStandard {
  readonly key: string;
  readonly name: string;
  readonly document: StandardDocument;
  readonly indicators: readonly StandardIndicator[];
  /** 综合差异系数: limit of the mean of all 差异系数; null where the standard knows none. */
  readonly compositeLimits: ByLevel<number> | null;
  /** Rule for the single school: so many indicators reached, the rest at least at this share of the threshold. */
  readonly compliance: { readonly minimumMet: number; readonly minimumRatio: number } | null;
  /** How heavily a pupil of each stage weighs when a combined school's resources are split. */
  readonly splitWeights: Readonly<Record<Exclude<SchoolLevel, 'preschool'>, number>>;
  /** Where these weights come from. */
  readonly splitSource?: string;
  /** Decimals of 差异系数 in the official tables. */
  readonly cvDecimals: number;
  readonly exclusions: readonly StandardExclusion[];
  readonly assumptions: readonly StandardAssumption[];
  readonly verdictNames: Readonly<Record<Verdict, string>>;
}
