import type { FormulaScope } from '../../formula/check.ts';
import { type Formula, formula } from '../../formula/formula.ts';
import { type Vocabulary, vocabulary } from '../../formula/vocabulary.ts';
import { isProblem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Code, Edition } from '../edition.ts';
import { type FrameworkWords, scopeOf, wordsOf } from './words.ts';

/** Reads the formulas of an edition and keeps what is wrong with them. */
export class FormulaReader {
  readonly issues: FrameworkIssue[] = [];
  readonly #words: Vocabulary;
  readonly #scope: FormulaScope;

  constructor(edition: Edition, words: FrameworkWords) {
    this.#words = wordsOf(edition, words);
    this.#scope = scopeOf(edition.subject);
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
}
