import { canonicalFormula } from '../../formula/canonical.ts';
import { parse } from '../../formula/parser.ts';
import type { Comparison, FormulaNode } from '../../formula/syntax.ts';
import { isProblem } from '../../kit/problem.ts';

/** What a condition may pick by name. */
export const pickedSubjects = ['办学类型', '举办者'] as const;
export type PickedSubject = (typeof pickedSubjects)[number];

/** One part of a condition as a form asks it; all parts must hold. */
export type ConditionPart =
  | {
      readonly kind: 'picked';
      readonly subject: PickedSubject;
      readonly not: boolean;
      readonly values: readonly string[];
    }
  | { readonly kind: 'figure'; readonly field: string; readonly operator: Comparison; readonly value: number | null };

/**
 * The parts of a condition where it has no others than a form can ask: 办学类型 or 举办者 among given values or not, a figure
 * compared with a number, joined by 且. Null for every other formula: it stays a text. Writing the parts returns a
 * formula that means the same (`canonicalFormula`).
 */
export function readCondition(when: string): readonly ConditionPart[] | null {
  if (when.trim() === '') return [];
  let parts: readonly (ConditionPart | null)[];
  try {
    parts = joined(parse(when)).map(partOf);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return null;
  }
  const read = parts.filter((part) => part !== null);
  const same = read.length === parts.length && canonicalFormula(writeCondition(read)) === canonicalFormula(when);
  return same ? read : null;
}

/**
 * The condition as a formula. A part that is not filled yet is written as far as it goes, and such a formula is refused:
 * without it the condition would leave out other schools than its author means.
 */
export function writeCondition(parts: readonly ConditionPart[]): string {
  return parts.map(written).join(' 且 ');
}

/** Whether a part says all that it must: at least one value, or a field with its number. */
export function isFilled(part: ConditionPart): boolean {
  return part.kind === 'picked' ? part.values.length > 0 : part.field !== '' && part.value !== null;
}

function written(part: ConditionPart): string {
  if (part.kind === 'figure') return `${part.field} ${part.operator} ${part.value ?? ''}`;
  const { subject, not, values } = part;
  const quoted = values.map((value) => `"${value}"`);
  if (quoted.length === 1) return `${subject} ${not ? '≠' : '='} ${quoted[0]}`;
  const among = `${subject} 属于 (${quoted.join(', ')})`;
  return not ? `非 (${among})` : among;
}

function joined(node: FormulaNode): readonly FormulaNode[] {
  if (node.kind !== 'binary' || node.operator !== '且') return [node];
  return [...joined(node.left), ...joined(node.right)];
}

function partOf(node: FormulaNode): ConditionPart | null {
  if (node.kind === 'not') {
    const part = node.operand.kind === 'member' ? partOf(node.operand) : null;
    return part?.kind === 'picked' ? { ...part, not: true } : null;
  }
  if (node.kind === 'member') {
    const subject = subjectOf(node.operand);
    // A number in the list is no value of these two.
    const values = node.list.flatMap((item) => (item.kind === 'text' ? [item.value] : []));
    if (subject === undefined || values.length !== node.list.length) return null;
    return { kind: 'picked', subject, not: false, values };
  }
  if (node.kind !== 'binary' || node.left.kind !== 'name') return null;
  const operator = comparisons.find((one) => one === node.operator);
  if (operator === undefined) return null;
  const subject = subjectOf(node.left);
  if (subject !== undefined) {
    const isPicked = node.right.kind === 'text' && (operator === '=' || operator === '≠');
    return isPicked ? { kind: 'picked', subject, not: operator === '≠', values: [node.right.value] } : null;
  }
  return node.right.kind === 'number'
    ? { kind: 'figure', field: node.left.name, operator, value: node.right.value }
    : null;
}

/** The comparisons of a figure, in the order in which they are offered. */
export const comparisons: readonly Comparison[] = ['<', '≤', '=', '≥', '>', '≠'];

function subjectOf(node: FormulaNode): PickedSubject | undefined {
  return node.kind === 'name' ? pickedSubjects.find((one) => one === node.name) : undefined;
}
