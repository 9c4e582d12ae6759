import type { Formula } from '../../formula/formula.ts';
import type { Vocabulary } from '../../formula/vocabulary.ts';
import type { Exact } from '../../kit/decimal.ts';
import type { Code, ConditionText } from '../edition.ts';
import type { Compare } from '../lists.ts';

/** What the rules of an edition are sorted into. */
export type RuleKind = 'veto' | 'cap' | 'downgrade';

/** A number that a condition asks for. */
export type Quantity =
  | { readonly kind: 'number'; readonly value: Exact }
  | { readonly kind: 'total' | 'base' | 'bonus' | 'failedMust' | 'mustRate' | 'mustNo' }
  /** How many leaves with a target by year have none. */
  | { readonly kind: 'targetsMissing' }
  | { readonly kind: 'tenureMonths' | 'servedMonths' | 'repeatedNo' }
  /** Points of an indicator, and its maximum. */
  | { readonly kind: 'leaf' | 'full'; readonly code: Code }
  /** Points of an indicator over its maximum. */
  | { readonly kind: 'rate'; readonly code: Code }
  /** The least rate of the indicators of a level; the first level is 1. */
  | { readonly kind: 'minRate'; readonly level: number }
  /** How many leaves were answered so: 是, 部分, 否. */
  | { readonly kind: 'options'; readonly option: 'yes' | 'part' | 'no' }
  /** How many items (of a branch) got a grade. */
  | { readonly kind: 'count'; readonly grade: string; readonly under: Code | null }
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'survey'; readonly survey: string; readonly measure: 'share' | 'mean' }
  | { readonly kind: 'evaluation'; readonly key: string; readonly measure: 'rate' | 'total' }
  /** For how many years in a row, this one included, the subject got a grade. */
  | { readonly kind: 'consecutive'; readonly grade: string }
  | { readonly kind: 'formula'; readonly formula: Formula }
  | { readonly kind: 'negate'; readonly operand: Quantity }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Quantity;
      readonly right: Quantity;
    };

/** A word that a condition asks for. */
export type Wording =
  | { readonly kind: 'option' | 'grade'; readonly code: Code }
  | { readonly kind: 'layerGrade'; readonly layer: string }
  | { readonly kind: 'evaluationGrade'; readonly key: string }
  | { readonly kind: 'class' | 'conclusion' };

/** What was understood of a condition. */
export type ConditionNode =
  | { readonly kind: 'either' | 'both'; readonly parts: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly part: ConditionNode }
  /** `75<=base<85` has two steps. */
  | {
      readonly kind: 'compare';
      readonly first: Quantity;
      readonly steps: readonly { readonly operator: Compare; readonly right: Quantity }[];
    }
  | { readonly kind: 'wording'; readonly left: Wording; readonly equal: boolean; readonly words: string }
  | { readonly kind: 'anyRule'; readonly rules: RuleKind }
  | {
      readonly kind: 'anyOption';
      readonly of: 'leaf' | 'must';
      readonly option: string;
      readonly under: readonly Code[] | null;
    }
  | { readonly kind: 'verdict'; readonly code: Code }
  | { readonly kind: 'first' | 'again' | 'urgent' | 'beyondSchool' | 'inQuota' | 'precondition' }
  | { readonly kind: 'trend'; readonly formula: Formula; readonly direction: 'down' | 'up'; readonly years: number }
  | { readonly kind: 'formula'; readonly formula: Formula }
  /** Any school of the county, any county of the city. */
  | { readonly kind: 'anyMember'; readonly formula: Formula }
  /** Any subject of the same round; with `alike` those that agree in that fact alone. */
  | { readonly kind: 'anyPeer'; readonly part: ConditionNode; readonly alike: string | null };

/** A condition that was read and checked. */
export interface Condition {
  readonly source: ConditionText;
  readonly node: ConditionNode;
}

/** What the conditions of an edition may name. */
export interface ConditionVocabulary {
  /** Codes of all indicators of the edition, inner ones too. */
  readonly codes: ReadonlySet<Code>;
  /** Facts, as the formulas of the edition name them. */
  readonly facts: Vocabulary;
  /** Whether facts of schools stand inside aggregates only. */
  readonly scope?: 'school' | 'county';
}
