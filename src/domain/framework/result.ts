import type { Formula } from '../formula/formula.ts';
import type { Exact } from '../kit/decimal.ts';
import type { Missing } from '../kit/value.ts';
import type { Condition } from './conclude/condition-syntax.ts';
import type { Authority, Code, ConditionText, Edition, Indicator, Relaxation } from './edition.ts';
import type { NamedFacts } from './names.ts';

/** True, false, or not yet known, with the names that are in the way. */
export type Verdict = boolean | Missing;

export interface PreparedLeaf {
  /** Its place in `order`. */
  readonly at: number;
  readonly indicator: Indicator;
  readonly formula: Formula | null;
  readonly applies: Formula | null;
  readonly elementFormulas: readonly (Formula | null)[];
  /** Of `elements`, in the same order: an element that does not apply is not missing. */
  readonly elementApplies: readonly (Formula | null)[];
}

/** A relaxation with its condition read and the leaves that it replaces. */
export interface PreparedRelaxation {
  readonly relaxation: Relaxation;
  readonly when: Formula | null;
  readonly leaves: readonly PreparedLeaf[];
}

/** An edition that has been read and checked, with its formulas parsed: ready to score any number of subjects. */
export interface Prepared {
  readonly edition: Edition;
  /** SHA-256 of the canonical JSON of the edition. */
  readonly hash: string;
  readonly order: readonly Indicator[];
  /** The same by their codes. */
  readonly byCode: ReadonlyMap<Code, Indicator>;
  /** Places in `order`; the roots stand under null. */
  readonly children: ReadonlyMap<Code | null, readonly number[]>;
  readonly leaves: readonly PreparedLeaf[];
  /** How many units of the fast path one point has. */
  readonly units: number;
  /** Indicators with unknown points or weights: with any of them the edition cannot be opened for scoring. */
  readonly open: readonly Code[];
  /** Every condition of the edition, read and checked. */
  readonly conditions: ReadonlyMap<ConditionText, Condition>;
  /** Which subjects the edition is for; null: all of its kind. */
  readonly applies: Formula | null;
  /** What it says of the names of its formulas. */
  readonly named: NamedFacts;
  readonly relaxations: readonly PreparedRelaxation[];
}

export interface LeafResult {
  readonly code: Code;
  readonly max: Exact | null;
  readonly state: 'scored' | 'unanswered' | 'notApplicable' | 'unknownMax';
  readonly points: Exact | null;
  /** What the leaf can still take. */
  readonly least: Exact;
  readonly most: Exact | null;
  readonly by: 'person' | 'facts' | 'given';
  readonly grade?: string;
  /** What was measured, where the leaf has a value. */
  readonly value?: Exact;
  /** The key of the option or level that was chosen; `yes` and `no` for what is met or not. */
  readonly option?: string;
  readonly verdict?: Verdict;
  readonly must?: Verdict;
  /** Names that conditions of its notes ask and that nobody has said: such a condition was taken as not holding. */
  readonly open?: readonly string[];
  readonly steps: readonly Step[];
}

export interface NodeResult {
  readonly code: Code;
  readonly title: string | null;
  readonly points: Exact | null;
  readonly max: Exact | null;
  readonly rate: Exact | null;
  /** What it can still take, in its own points, where leaves below are unanswered. */
  readonly least?: Exact;
  readonly most?: Exact | null;
  readonly grade?: string;
  readonly verdict?: Verdict;
  readonly counts?: Readonly<Record<string, number>>;
}

/** The least and the most that a figure can still be; no most is known where a document does not show it. */
export interface Ends {
  readonly from: Exact;
  readonly to: Exact | null;
}

/** The scores of one subject before anything is concluded from them. */
export interface Scored {
  readonly edition: string;
  readonly authority: Authority;
  readonly base: Exact | null;
  readonly bonus: Exact;
  readonly total: Exact | null;
  readonly max: Exact | null;
  /** The range the total can still take, where leaves are unanswered. */
  readonly provisional: null | {
    readonly from: Exact;
    readonly to: Exact | null;
    readonly unanswered: readonly Code[];
  };
  /** What the base and what stands beside it can still become; both ends are equal where nothing is open. */
  readonly ends: { readonly base: Ends; readonly bonus: Ends };
  /** Every inner node, in the order of the tree. */
  readonly nodes: readonly NodeResult[];
  readonly leaves: readonly LeafResult[];
  readonly trace: readonly TraceNode[];
}

export interface Concluded {
  readonly vetoes: readonly Held[];
  readonly caps: readonly Held[];
  readonly downgrades: readonly Held[];
  /** `open`: names of facts that nobody has given and on which the outcome rests. */
  readonly conclusions: readonly {
    readonly name: string;
    readonly by: string;
    readonly table: string;
    readonly open: readonly string[];
    /** What the office ruled where it stood equal with others at the line of a quota. */
    readonly ruling?: string;
  }[];
  readonly actions: readonly string[];
}

export interface Result extends Scored, Concluded {}

export interface Held {
  readonly code: string;
  readonly text: string;
  readonly holds: Verdict;
  /** The years (0 is the assessed one) in which it held. */
  readonly years: readonly number[];
}

/** One step of a trace: `15 项中缺 3 项，各扣 1 分`, and the exact text of what it gave. */
export interface Step {
  readonly words: string;
  readonly value?: string;
}

export interface TraceNode {
  readonly code: Code;
  readonly words: string;
  readonly steps: readonly Step[];
  readonly rounded?: { readonly from: string; readonly to: string };
}

export interface ScoreOptions {
  /** Whether steps and trace are written; the figures are the same. */
  readonly trace: boolean;
  /** Whether the dated relaxations of the edition apply. */
  readonly relaxed: boolean;
}
