import type { CompulsoryLevel } from '../../org/school-level.ts';
import type { Verdict } from '../standard/standard.shape.ts';

/** All figures are unrounded; null always stands beside a `reason`. Plain data: it can be stored and compared. */
export interface BalanceResult {
  /** Key of the standard edition. */
  readonly standard: string;
  /** Version of the way of calculating, stored with each run. */
  readonly formulaVersion: string;
  readonly levels: Readonly<Record<CompulsoryLevel, LevelResult>>;
  readonly assumptions: readonly string[];
  readonly verdict: Verdict;
}

export interface LevelResult {
  /** Number of schools in the set, with those that lack figures. */
  readonly schools: number;
  readonly included: ReadonlyArray<{ code: string; name: string }>;
  /** Schools that have the level and are left out. */
  readonly excluded: ReadonlyArray<{ code: string; name: string; reason: string }>;
  /** The fields that an included school lacks, by catalogue name; a reason without a field is given in words. */
  readonly missing: ReadonlyArray<{ code: string; field: string }>;
  /** Included schools of which no filing has been approved. */
  readonly notFiled: readonly string[];
  readonly indicators: readonly IndicatorResult[];
  /** 综合差异系数 where the standard has one. */
  readonly compositeCv: number | null;
  readonly compositeLimit: number | null;
  /** 综合差异系数 ≤ limit, decided without rounding; null where the standard has none or there is no figure. */
  readonly compositePass: boolean | null;
  /** Mean of all 差异系数, as some counties print it for information; null where one is null. */
  readonly meanCv: number | null;
  /** Null where the standard has no rule for the single school. */
  readonly compliance: readonly ComplianceResult[] | null;
  readonly verdict: Verdict;
  /** Why the verdict is `unavailable` or `provisional`; null otherwise. */
  readonly reason: string | null;
}

export interface IndicatorResult {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly cv: number | null;
  readonly limit: number | null;
  /** Null where the standard sets no limit to this 差异系数, or where there is none to compare. */
  readonly pass: boolean | null;
  /** Distance to the limit, negative if the limit is exceeded (`distanceTo`: its sign always agrees with `pass`). */
  readonly distance: number | null;
  readonly reason: string | null;
  /** Every included school, in the order of the input; null figures where it took no part. */
  readonly schools: readonly IndicatorSchool[];
}

export interface IndicatorSchool {
  readonly code: string;
  readonly pupils: number | null;
  /** Resources of the level after split and conversion, in the indicator's unit times pupils. */
  readonly resources: number | null;
  readonly value: number | null;
  /** The school's term divided by the sum of terms. */
  readonly contribution: number | null;
  /** How the value came about, number by number: `12.5 = 25 × 100 ÷ 200`. */
  readonly trace: string | null;
  /** Why the school took no part; null if it did. */
  readonly reason: string | null;
}

export interface ComplianceResult {
  readonly code: string;
  readonly name: string;
  /** By indicator key; null where an input is missing (then `reason` names the inputs and what is wrong with them). */
  readonly values: Readonly<Record<string, number | null>>;
  /** value / threshold by indicator key; null where an input is missing. */
  readonly ratios: Readonly<Record<string, number | null>>;
  /** Keys of the indicators whose threshold is reached. */
  readonly reached: readonly string[];
  /** Keys of those below the threshold but at or above the floor (85 %). */
  readonly nearly: readonly string[];
  readonly met: number;
  /** Smallest value / threshold; null where an input is missing. */
  readonly minimumRatio: number | null;
  /** Null if an input is missing and the other figures do not decide the answer. */
  readonly pass: boolean | null;
  readonly reason: string | null;
}
