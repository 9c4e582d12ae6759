import type { Arithmetic, Comparison, Logic } from './syntax.ts';

/** The type of the result of a formula or of a part of it. */
export type TermType = 'number' | 'truth' | 'text';

/** 合计 平均 最大 最小, over a county's schools or over operands of one school; 计数 only over schools. */
export type Fold = 'sum' | 'mean' | 'max' | 'min';

/**
 * A checked formula: every name is a known field, every operand has the type it must have. It is evaluated, explained,
 * or written as SQL; `aggregate` runs over the schools of the county, and holds no other aggregate.
 */
export type Term =
  | { readonly kind: 'number'; readonly type: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly type: 'text'; readonly value: string }
  | { readonly kind: 'truth'; readonly type: 'truth'; readonly value: boolean }
  | { readonly kind: 'field'; readonly type: TermType; readonly name: string }
  | { readonly kind: 'negate'; readonly type: 'number'; readonly operand: Term }
  | { readonly kind: 'not'; readonly type: 'truth'; readonly operand: Term }
  | {
      readonly kind: 'arithmetic';
      readonly type: 'number';
      readonly operator: Arithmetic;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'comparison';
      readonly type: 'truth';
      readonly operator: Comparison;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'logic';
      readonly type: 'truth';
      readonly operator: Logic;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'member';
      readonly type: 'truth';
      readonly operand: Term;
      readonly list: readonly (number | string)[];
    }
  | {
      readonly kind: 'choice';
      readonly type: TermType;
      readonly condition: Term;
      readonly whenTrue: Term;
      readonly whenFalse: Term;
    }
  | { readonly kind: 'fold'; readonly type: 'number'; readonly fold: Fold; readonly operands: readonly Term[] }
  | { readonly kind: 'round'; readonly type: 'number'; readonly operand: Term; readonly places: number }
  | { readonly kind: 'present'; readonly type: 'truth'; readonly operand: Term }
  | {
      readonly kind: 'aggregate';
      readonly type: 'number';
      readonly fold: Fold | 'count';
      readonly operand: Term;
      /** Only the schools for which this holds; absent: all of them. */
      readonly where: Term | undefined;
    };

/** The parts directly below a term, in the order they are written. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'negate':
    case 'not':
    case 'round':
    case 'present':
    case 'member':
      return [term.operand];
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return [term.left, term.right];
    case 'choice':
      return [term.condition, term.whenTrue, term.whenFalse];
    case 'fold':
      return term.operands;
    case 'aggregate':
      return term.where ? [term.operand, term.where] : [term.operand];
    default:
      return [];
  }
}

/** The names of all fields that a term reads, each once, in the order of first mention. */
export function fieldsOf(term: Term): string[] {
  const names = new Set<string>();
  const visit = (part: Term): void => {
    if (part.kind === 'field') names.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(term);
  return [...names];
}
