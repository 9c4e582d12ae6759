import type { Day } from '../kit/school-year.ts';
import type { Authority, Compare, FactPeriod, Subject } from './lists.ts';

export type { Authority, Compare, Subject } from './lists.ts';

/** The code of an indicator: unique in its edition, and no path (a document may number `2.4` under `2` or not). */
export type Code = string;

/** A figure of an edition as written: a JSON number below 10^15. Whatever computes with it takes the decimal that it spells. */
export type Figure = number;

/** A formula of `domain/formula`, and a condition of `conclude/` that embeds such formulas between its own words. */
export type FormulaText = string;
export type ConditionText = string;

/** `none`: judged without points by nature of the document. `null`: the points exist and are not known; never invented. */
export type Points = Figure | 'none' | null;

/**
 * One edition of a framework (指标体系): data, validated and hashed, unchanged once published. Some of it scores nothing and is
 * kept because the document says it. Pages and print show `documents`, `photos`, `hints`, `groups` and
 * `raters`. `after`, `gradeConversion`, `merge` and `minimumLessons` are kept for the duties that will act on them. No campaign takes
 * an edition whose flags or conditions ask what campaigns do not know (`unknowableIn`).
 */
export interface Edition {
  readonly key: string;
  readonly title: string;
  /** The edition as people name it: `2017`, `2017年样本`. */
  readonly edition: string;
  readonly authority: Authority;
  readonly completedBy?: string;
  readonly documents: readonly {
    readonly title: string;
    readonly number: string | null;
    readonly issued: Day | null;
  }[];
  readonly note?: string;
  readonly subject: Subject;
  /** Which of these subjects it is for (a condition over their fields and attributes); all where nothing is said. */
  readonly applies?: FormulaText;
  /** Names that formulas read of the subject itself, beside the catalogue: 岗位, 类别. */
  readonly attributes?: readonly { readonly name: string; readonly values?: readonly string[] }[];
  /** Facts that this edition asks beside those that the product knows (`reference/frameworks/names.json`): `事实:名`. */
  readonly facts?: readonly {
    readonly name: string;
    readonly type: 'number' | 'choice' | 'truth';
    readonly unit?: string;
    /** By school year where nothing is said. */
    readonly period?: FactPeriod;
  }[];
  /** Which years a name means, as offsets from the year that is assessed. */
  readonly reads?: { readonly calendarYear: number; readonly schoolYear: number };
  /** What becomes of the points of an indicator that does not apply. */
  readonly notApplicable: 'rebase' | 'full' | 'zero';
  readonly max: Figure | null;
  /** Decimals of screens and paper; nothing is computed with them. */
  readonly decimals: number;
  /** How the roots together give the total; a sum where nothing is said. */
  readonly rollUp?: RollUp;
  readonly bonus?: { readonly cap: Figure | null; readonly beyondMax: boolean };
  /** Shares of raters (15 : 25 : 60), by name. */
  readonly raters?: Readonly<Record<string, Figure>>;
  readonly gradeConversion?: Readonly<Record<string, Figure>>;
  /** A parent stands before its children; else the order of the document. */
  readonly indicators: readonly Indicator[];
  /** Rows that are known to exist and were not seen: `…`, `B17-B20`. */
  readonly gaps: readonly {
    readonly under: Code | null;
    readonly title: string;
    readonly points: Figure | null;
    readonly note: string;
  }[];
  readonly preconditions?: readonly {
    readonly text: string;
    readonly when: ConditionText;
    readonly otherwise: string;
  }[];
  readonly vetoes: readonly Rule[];
  readonly caps: readonly Rule[];
  readonly downgrades: readonly Rule[];
  readonly conclusions: readonly ConclusionTable[];
  readonly actions?: readonly { readonly when: ConditionText; readonly does: string }[];
  /** What follows a conclusion (keep, warn, withdraw; months): kept as data for the duties that act on it. */
  readonly after?: Readonly<Record<string, unknown>>;
  readonly relaxations?: readonly Relaxation[];
  readonly flags?: {
    readonly rank?: boolean;
    readonly advisory?: boolean;
    readonly reasonRequired?: readonly string[];
    readonly minimumMonths?: Figure;
    readonly urgentAction?: boolean;
    /** A visit chooses some of the leaves; only these are asked. */
    readonly perVisit?: boolean;
    /** A year with two post-holders is scored once for each, by months. */
    readonly splitByTenure?: boolean;
  };
}

/** A veto, cap or downgrade: it holds if it held in any of `lookBackYears` years, the assessed one being the first. */
export interface Rule {
  readonly code: string;
  readonly text: string;
  readonly when: ConditionText;
  readonly lookBackYears: number;
  readonly basis?: string;
}

/** A decision table: the first row of which every condition holds decides. */
export interface ConclusionTable {
  readonly name: string;
  readonly rows: readonly { readonly when: readonly ConditionText[]; readonly then: string }[];
  readonly quota?: {
    readonly grade: string;
    /** A share of the subjects of a group, rounded down; null: none is known, or `places` alone count. */
    readonly limit: Figure | null;
    /** How many places a group has (前三名, 评选 6 个); with a share the fewer of both. */
    readonly places?: number;
    readonly by: readonly string[];
    readonly ties: readonly ({ readonly rate: Code } | { readonly leaf: Code })[];
  };
}

/** What a relaxation may replace: how a leaf is judged and what it says, never its place or its points. */
export type Relaxable = 'method' | 'formula' | 'applies' | 'adjust' | 'must' | 'threshold' | 'text' | 'note';

/** A dated exception: it replaces parts of indicators while it lasts, and leaves a duty behind. */
export interface Relaxation {
  readonly codes: readonly Code[];
  /** Whom it is for, by facts of the subject; null: everybody. */
  readonly when: FormulaText | null;
  readonly replace: Partial<Pick<Indicator, Relaxable>>;
  /** Its last day. Null: it ends on a day that nobody has said, and nothing is relaxed until somebody does. */
  readonly until: Day | null;
  readonly basis: string;
  readonly duty: string;
}

export interface Indicator {
  readonly code: Code;
  readonly parent: Code | null;
  readonly title: string | null;
  readonly points: Points;
  /** The points are our reading of a document and no printed value: unknown when the edition is published. */
  readonly reading?: true;
  readonly weight?: Figure | null;
  /** A place that each year fills anew; an edition that holds one cannot be opened. */
  readonly placeholder?: true;
  readonly text?: string;
  readonly basis?: string;
  readonly evidence?: string;
  readonly responsible?: string;
  readonly unit?: string;
  readonly threshold?: string;
  readonly note?: string;
  readonly rater?: string;
  /** Of inner nodes; a sum where nothing is said. */
  readonly rollUp?: RollUp;
  /** Of leaves; `null` or absent: points by a person. */
  readonly method?: Method | null;
  readonly formula?: FormulaText;
  readonly applies?: FormulaText;
  readonly adjust?: readonly Adjust[];
  readonly must?: Must;
  readonly photos?: number;
  readonly generatedFrom?: 'earlier-findings';
}

/**
 * Whether each subject gets the indicators below this one from the problems that its last round found.
 * @param indicator of an edition; nothing but `generatedFrom` is read
 */
export const isGenerated = ({ generatedFrom }: Pick<Indicator, 'generatedFrom'>): boolean =>
  generatedFrom === 'earlier-findings';

export interface RollUp {
  readonly rule: 'sum' | 'weighted' | 'meanOfRates' | 'minimum' | 'counts' | 'all' | 'letter';
  /**
   * Of `weighted`. `percent`: the weights of the children add up to 1 or to 100. `ratio`: they are parts of their own sum
   * (3 : 5 : 2). In both cases a child counts weight / sum of the weights.
   */
  readonly weights?: 'percent' | 'ratio';
  readonly cap?: Figure;
  readonly floor?: Figure;
  readonly convertTo?: Figure;
  /** Decimals to which this node is rounded half up, because the document says so. */
  readonly round?: number;
}

export type Must =
  | { readonly by: 'full' }
  | { readonly by: 'rate'; readonly least: Figure }
  | { readonly by: 'value'; readonly compare: Compare; readonly value: Figure }
  | { readonly by: 'notOption'; readonly options: readonly string[] };

export type Adjust = { readonly when: ConditionText; readonly text: string } & (
  | { readonly effect: 'cap' | 'take' | 'add'; readonly points: Figure }
  | { readonly effect: 'zero' | 'lowerBand' }
  | { readonly effect: 'times'; readonly factor: Figure }
);

/** Targets by year against what was reached: each year is scored, then weighted. */
export interface ByYear {
  readonly years: readonly string[];
  readonly targets: Readonly<Record<string, Figure | null>>;
  readonly weights: Readonly<Record<string, Figure>>;
  readonly measure: 'actual-target' | 'actual/target';
  readonly fromYear?: string;
  readonly unit?: string;
}

/** How many answers a survey needs. */
export interface MinimumAnswers {
  readonly least: Figure;
  readonly share?: { readonly of: string; readonly perThousand: Figure };
}

/** The scoring methods of a leaf. */
export type Method =
  | {
      readonly kind: 'ladder';
      readonly levels: readonly {
        readonly level: string;
        readonly text?: string;
        readonly share?: Figure;
        readonly points?: Figure;
        readonly range?: { readonly from: Figure; readonly to: Figure | null; readonly of: 'share' | 'points' };
      }[];
    }
  | {
      readonly kind: 'bands';
      readonly better: 'high' | 'low';
      /** `at` counts as reached. */
      readonly bands: readonly { readonly at: Figure; readonly points: Figure; readonly grade?: string }[];
      readonly rest: Figure;
      readonly byYear?: ByYear;
    }
  | {
      readonly kind: 'linear';
      readonly floor: Figure;
      readonly target: Figure;
      readonly below: Figure;
      readonly byYear?: ByYear;
      readonly minimumLessons?: Readonly<Record<string, Figure>>;
    }
  | {
      readonly kind: 'threshold';
      readonly compare: Compare;
      readonly value: Figure | string;
      /** An ordinal scale, the lowest first: Ⅰ级, Ⅱ级, Ⅲ级. */
      readonly scale?: readonly string[];
      readonly unmet: Figure;
      readonly parts?: readonly { readonly name: string; readonly compare: Compare; readonly value: Figure | string }[];
    }
  | {
      readonly kind: 'elements';
      readonly elements: readonly {
        readonly text: string;
        readonly formula?: FormulaText;
        readonly applies?: FormulaText;
      }[];
      readonly cost: Figure;
      readonly floor: Figure;
    }
  | {
      readonly kind: 'deduction';
      readonly start: 'full' | 'zero';
      readonly floor: Figure;
      readonly factorIf?: readonly { readonly when: ConditionText; readonly factor: Figure }[];
      readonly items: readonly {
        readonly text: string;
        readonly cost: Figure | { readonly from: Figure; readonly to: Figure };
        readonly cap?: Figure;
        readonly per?: {
          readonly of?: string;
          readonly from: Figure;
          readonly step: Figure;
          readonly better: 'high' | 'low';
          readonly count: 'begun' | 'full' | 'proportional';
        };
      }[];
    }
  | {
      readonly kind: 'bonus';
      readonly items: readonly { readonly text: string; readonly points: Figure; readonly highestOnly?: true }[];
      /** Null: the document has a bonus and its size was not seen. */
      readonly cap: Figure | null;
    }
  | { readonly kind: 'yesNo'; readonly yes: Figure; readonly no: Figure }
  | {
      readonly kind: 'choice';
      readonly options: readonly {
        readonly key: string;
        readonly text: string;
        readonly points?: Figure;
        readonly grade?: string;
      }[];
      readonly notApplicable?: true;
    }
  | {
      readonly kind: 'relative';
      readonly better: 'high' | 'low';
      readonly rule: 'rank' | 'proportion';
      readonly points: readonly Figure[];
      readonly beyond: 'last' | 'zero';
      readonly ties: 'best' | 'mean' | 'worst';
      readonly full?: { readonly compare: Compare; readonly against: 'mean' | Figure | { readonly fact: string } };
    }
  | {
      readonly kind: 'years';
      readonly rule: 'increase' | 'notDecrease' | 'notIncrease' | 'nonNegative';
      readonly span: number;
      readonly pointsByYearsMet: readonly Figure[];
      readonly skipNotApplicable?: true;
      readonly spanBy?: 'tenure';
    }
  | { readonly kind: 'formula'; readonly result: 'share' | 'points'; readonly min: Figure; readonly max: Figure }
  | {
      readonly kind: 'result';
      readonly evaluation: string;
      readonly measure: 'rate' | 'grade' | 'total';
      readonly linear?: { readonly floor: Figure; readonly target: Figure };
      readonly map?: Readonly<Record<string, Figure>>;
      readonly improved?: { readonly add: Figure; readonly max: Figure };
      readonly lookBackYears?: number;
    }
  | {
      readonly kind: 'survey';
      readonly survey: string;
      readonly measure: 'share' | 'mean';
      readonly linear: { readonly floor: Figure; readonly target: Figure; readonly below: Figure };
      readonly scale?: Figure;
      readonly grades?: Readonly<Record<string, Figure>>;
      readonly merge?: string;
      readonly groups?: readonly string[];
      /** At least so many, and at least so many of each thousand of what a fact counts (1.5 ‰ of 常住人口). */
      readonly minimumAnswers?: MinimumAnswers;
      readonly parentShare?: Figure;
    }
  | {
      /** Points by a person, in steps, with a reason below a share of the maximum. */
      readonly kind: 'judgement';
      readonly step: Figure;
      readonly reasonBelow?: Figure;
      readonly hints?: readonly string[];
    };
