import type { FormulaScope } from '../../formula/check.ts';
import { type Formula, formula } from '../../formula/formula.ts';
import { type Vocabulary, vocabulary } from '../../formula/vocabulary.ts';
import { isProblem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import { type Condition, checkCondition } from '../conclude/condition.ts';
import type { Code, ConditionText, Edition } from '../edition.ts';
import { type FrameworkWords, scopeOf, wordsOf } from './words.ts';

/** Reads the formulas and conditions of an edition and keeps what is wrong with them. */
export class FormulaReader {
  readonly issues: FrameworkIssue[] = [];
  /** Every condition that could be read. */
  readonly conditions = new Map<ConditionText, Condition>();
  readonly #words: Vocabulary;
  readonly #scope: FormulaScope;
  readonly #codes: ReadonlySet<Code>;

  constructor(edition: Edition, words: FrameworkWords) {
    this.#words = wordsOf(edition, words);
    this.#scope = scopeOf(edition.subject);
    this.#codes = new Set(edition.indicators.map(({ code }) => code));
  }

  /** The formula, or one that stands in for it when it is wrong: then its fault is kept. */
  read(source: string, type: 'number' | 'truth', path: string, code: Code | null = null): Formula {
    try {
      return formula(source, this.#words, { type, scope: this.#scope });
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.issues.push({ path, code, message: error.message });
      return formula(type === 'truth' ? '假' : '0', vocabulary([]), { type });
    }
  }

  /** Sees that a name which a method reads by itself is known. */
  name(name: string, path: string, code: Code): void {
    if (this.#words.find(name) !== undefined) return;
    const near = this.#words.nearest(name);
    this.issues.push({ path, code, message: `没有名为“${name}”的数据项${near ? `，是否应为“${near}”？` : ''}` });
  }

  /** Reads a condition of a rule, an adjustment or a decision table. */
  condition(source: ConditionText, path: string, code: Code | null = null): void {
    if (this.conditions.has(source)) return;
    try {
      const read = checkCondition(source, { codes: this.#codes, facts: this.#words, scope: this.#scope });
      this.conditions.set(source, read);
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.issues.push({ path, code, message: error.message });
    }
  }
}
