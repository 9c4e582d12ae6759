import { type Formula, formula } from '../../formula/formula.ts';
import { isProblem, type Problem } from '../../kit/problem.ts';
import { type ConditionSource, type ConditionToken, conditionProblem, cutCondition } from './condition-lexer.ts';
import type { ConditionVocabulary } from './condition-syntax.ts';

const either: ReadonlySet<string> = new Set(['or', '或']);
const both: ReadonlySet<string> = new Set(['and', '且']);

/** Walks over the pieces of a condition, and reads what may stand between the words: codes, arguments, formulas. */
export class ConditionCursor {
  readonly vocabulary: ConditionVocabulary;
  readonly #source: ConditionSource;
  index = 0;

  /** @throws Problem `framework.conditionInvalid` for an empty condition and for what cannot be cut into pieces */
  constructor(written: string, vocabulary: ConditionVocabulary) {
    this.#source = cutCondition(written);
    if (this.#source.tokens.length === 1) throw conditionProblem(written, { start: 0, end: 1 }, '条件是空的');
    this.vocabulary = vocabulary;
  }

  /** The piece after this one. */
  get next(): ConditionToken {
    return this.tokenAt(this.index + 1);
  }

  /** The piece at a place; the end where there is none. */
  tokenAt(index: number): ConditionToken {
    return this.#source.tokens[Math.min(index, this.#source.tokens.length - 1)]!;
  }

  /** The pieces from here up to a place. */
  until(end: number): readonly ConditionToken[] {
    return this.#source.tokens.slice(this.index, end);
  }

  /** Whether 或 (`either`) or 且 (`both`) stands here. */
  joins(kind: 'either' | 'both'): boolean {
    const { kind: of, text } = this.peek;
    return of === 'word' && (kind === 'either' ? either : both).has(text);
  }

  /** The piece here. */
  get peek(): ConditionToken {
    return this.#source.tokens[Math.min(this.index, this.#source.tokens.length - 1)]!;
  }

  /** Whether the piece here is this sign. */
  isSign(sign: string): boolean {
    return this.peek.kind === 'sign' && this.peek.text === sign;
  }

  /** Steps over a sign that must stand here. */
  expect(sign: string, reason: string): void {
    if (!this.isSign(sign)) throw this.refuse(this.peek, reason);
    this.index += 1;
  }

  /** Steps over the piece here. */
  take(): ConditionToken {
    const token = this.peek;
    if (token.kind === 'end') throw this.refuse(token, '条件没有写完');
    this.index += 1;
    return token;
  }

  /** What stands in the brackets behind a word, as written. */
  argument(): { readonly text: string; readonly at: { readonly start: number; readonly end: number } } {
    if (!this.isSign('(')) throw this.refuse(this.peek, '这里缺少左括号');
    const open = this.peek;
    const close = this.closing(this.index);
    const at = { start: open.end, end: this.#source.tokens[close]!.start };
    this.index = close + 1;
    const text = this.#source.characters.slice(at.start, at.end).join('').trim();
    if (text === '') throw this.refuse(open, '括号中是空的');
    return { text, at };
  }

  /** The code of an indicator, with or without quotes. */
  code(text: string, at: { readonly start: number; readonly end: number }): string {
    const code = unquoted(text);
    if (!this.vocabulary.codes.has(code)) throw this.refuseAt(at, `没有代码为“${code}”的指标`);
    return code;
  }

  /** A part of the source as a formula; what is wrong in it is reported at its place in the condition. */
  formula(start: number, end: number, type: 'number' | 'truth'): Formula {
    const { written } = this.#source;
    const part = [...written].slice(start, end).join('');
    try {
      return formula(part, this.vocabulary.facts, { type, scope: this.vocabulary.scope ?? 'school' });
    } catch (error) {
      if (!isProblem(error) || error.code !== 'formula.invalid') throw error;
      const { position, length, reason } = error.details as { position: number; length: number; reason: string };
      const from = start + position - 1;
      throw conditionProblem(written, { start: from, end: from + length }, reason);
    }
  }

  /** The place of the bracket that closes the one at `open`. */
  closing(open: number): number {
    let depth = 0;
    for (let index = open; index < this.#source.tokens.length; index += 1) {
      const { kind, text } = this.#source.tokens[index]!;
      if (kind !== 'sign') continue;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0) return index;
    }
    throw this.refuse(this.#source.tokens[open]!, '缺少右括号');
  }

  /** A refusal that points at a piece. */
  refuse(token: ConditionToken, reason: string): Problem {
    return this.refuseAt(token, reason);
  }

  /** A refusal that points at a part of the condition. */
  refuseAt(at: { readonly start: number; readonly end: number }, reason: string): Problem {
    return conditionProblem(this.#source.written, { start: at.start, end: at.end }, reason);
  }
}

/** Whether a piece joins two conditions. */
export function isConnective({ kind, text }: ConditionToken): boolean {
  return kind === 'word' && (either.has(text) || both.has(text));
}

/** A text without the quotes around it. */
export function unquoted(text: string): string {
  return /^["“「](.*)["”」]$/u.exec(text)?.[1] ?? text;
}
