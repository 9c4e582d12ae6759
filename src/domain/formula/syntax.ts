import { type Problem, problem } from '../kit/problem.ts';

/** Where in the source a piece stands: its first character and the one after its last, counted as a person counts them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Comparison = '=' | '≠' | '<' | '≤' | '>' | '≥';
export type Arithmetic = '+' | '-' | '*' | '/';
export type Logic = '且' | '或';

/** What the parser understood, before names are looked up and types are known. */
export type FormulaNode = { readonly at: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate' | 'not'; readonly operand: FormulaNode }
  | {
      readonly kind: 'binary';
      readonly operator: Arithmetic | Comparison | Logic;
      readonly left: FormulaNode;
      readonly right: FormulaNode;
    }
  | { readonly kind: 'member'; readonly operand: FormulaNode; readonly list: readonly FormulaNode[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly FormulaNode[] }
);

/**
 * Limits that keep a formula readable and its evaluation bounded. They are far above the needs of an indicator; a
 * longer formula is a mistake or an attack.
 */
export const formulaLimits = { length: 2000, depth: 32, nodes: 400, operands: 50 } as const;

/** A refusal that points at a place of the source. */
export function formulaProblem(source: string, at: Span, reason: string): Problem {
  return problem('formula.invalid', {
    source,
    position: at.start + 1,
    length: Math.max(1, at.end - at.start),
    reason,
  });
}
