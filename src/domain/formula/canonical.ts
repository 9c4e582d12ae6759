import { canonicalJson } from '../kit/canonical-json.ts';
import { isProblem } from '../kit/problem.ts';
import { parse } from './parser.ts';
import type { FormulaNode } from './syntax.ts';

/**
 * A text that two formulas share exactly if they are written alike but for white space, brackets without effect, signs
 * that mean the same and the order in the list of 属于. What cannot be parsed stands for itself.
 */
export function canonicalFormula(source: string): string {
  try {
    return canonicalJson(plain(parse(source)));
  } catch (error) {
    if (!isProblem(error)) throw error;
    return source.trim();
  }
}

function plain(node: FormulaNode): unknown {
  const { at: _, ...parts } = node;
  if (parts.kind === 'negate' || parts.kind === 'not') return { ...parts, operand: plain(parts.operand) };
  if (parts.kind === 'binary') return { ...parts, left: plain(parts.left), right: plain(parts.right) };
  if (parts.kind === 'call') return { ...parts, operands: parts.operands.map(plain) };
  if (parts.kind !== 'member') return parts;
  const list = [...new Set(parts.list.map((item) => canonicalJson(plain(item))))].sort();
  return { ...parts, operand: plain(parts.operand), list };
}
