import { isMissing, missingSentence } from '../kit/value.ts';
import { evaluateInDoubles, type Outcome, type Reading } from './evaluate.ts';
import type { Arithmetic, Comparison, Logic } from './syntax.ts';
import type { Term } from './term.ts';

/**
 * Writes the calculation of a figure on one line that a person can check with a pocket calculator: `12.5 = 25 × 100 ÷
 * 200`. A missing result or part appears as its reason in brackets. For one school and, for aggregates, the schools of
 * its county.
 */
export function explain(term: Term, reading: Reading): string {
  const numbers = write(term, 0, (part, power) => {
    if (part.kind === 'field' || part.kind === 'aggregate') {
      return bracketSigned(show(evaluateInDoubles(part, reading)), power);
    }
    // Only the taken branch explains the figure; it replaces 如果 and binds as tightly.
    if (part.kind === 'choice') {
      const condition = evaluateInDoubles(part.condition, reading);
      return isMissing(condition) ? show(condition) : condition ? part.whenTrue : part.whenFalse;
    }
    return undefined;
  });
  return `${show(evaluateInDoubles(term, reading))} = ${numbers}`;
}

/** A number as its shortest decimal, a truth as 是 or 否, a missing value as its reason in brackets. */
function show(value: Outcome<number>): string {
  if (isMissing(value)) return `（${missingSentence(value)}）`;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'string' ? `“${value}”` : String(value);
}

const operators: Readonly<Record<Arithmetic | Comparison | Logic, readonly [string, number]>> = {
  或: ['或', 1],
  且: ['且', 2],
  '=': ['=', 4],
  '≠': ['≠', 4],
  '<': ['<', 4],
  '≤': ['≤', 4],
  '>': ['>', 4],
  '≥': ['≥', 4],
  '+': ['+', 5],
  '-': ['−', 5],
  '*': ['×', 6],
  '/': ['÷', 6],
};
const functionOf = { sum: '合计', mean: '平均', max: '最大', min: '最小', count: '计数' } as const;

/** May put a text or another term in place of a part that binds with `power`. */
type Replace = (part: Term, power: number) => string | Term | undefined;

/** Writes a term with as few brackets as its meaning needs. */
function write(term: Term, power: number, replace: Replace): string {
  const replaced = replace(term, power);
  if (typeof replaced === 'string') return replaced;
  if (replaced !== undefined) return write(replaced, power, replace);
  const inner = (part: Term): string => write(part, 0, replace);
  switch (term.kind) {
    case 'number':
      return String(term.value);
    case 'text':
      return `“${term.value}”`;
    case 'truth':
      return term.value ? '真' : '假';
    case 'field':
      return term.name;
    case 'negate':
      return bracket(`−${write(term.operand, 7, replace)}`, 5, power);
    case 'not':
      return bracket(`非 ${write(term.operand, 3, replace)}`, 3, power);
    case 'arithmetic':
    case 'comparison':
    case 'logic': {
      const [sign, own] = operators[term.operator];
      const text = `${write(term.left, own, replace)} ${sign} ${write(term.right, own + 1, replace)}`;
      return bracket(text, own, power);
    }
    case 'member':
      return bracket(`${write(term.operand, 5, replace)} 属于（${term.list.join('、')}）`, 4, power);
    case 'choice':
      return `如果（${inner(term.condition)}，${inner(term.whenTrue)}，${inner(term.whenFalse)}）`;
    case 'fold':
      return `${functionOf[term.fold]}（${term.operands.map(inner).join('，')}）`;
    case 'round':
      return `四舍五入（${inner(term.operand)}，${term.places}）`;
    case 'present':
      return `有值（${inner(term.operand)}）`;
    case 'aggregate': {
      const parts = term.where ? [term.operand, term.where] : [term.operand];
      return `${functionOf[term.fold]}（${parts.map(inner).join('，')}）`;
    }
  }
}

function bracket(text: string, own: number, power: number): string {
  return own < power ? `（${text}）` : text;
}

/** A negative number needs brackets beside a sign. */
function bracketSigned(text: string, power: number): string {
  return power > 0 && text.startsWith('-') ? `（${text}）` : text;
}
