import { isMissing, type Missing, missing } from '../kit/value.ts';
import { type Algebra, doubles } from './algebra.ts';
import type { Arithmetic, Comparison } from './syntax.ts';
import { type Fold, fieldsOf, type Term } from './term.ts';

/** The value of a field in a record; null and undefined mean that nobody has entered it. */
export type Cell = number | string | boolean | Missing | null | undefined;

/** A figure that is kept in the numbers of the algebra itself: a share that no decimal spells. */
export interface OwnFigure {
  readonly figure: unknown;
}

/** The fields that a formula reads: one school's and, for aggregates, those of the county's schools. */
export interface Reading {
  readonly read: (name: string) => Cell | OwnFigure;
  /** A set whose schools do not change: what an aggregate gave over it is kept with it. */
  readonly schools?: ReadonlyArray<(name: string) => Cell | OwnFigure> | undefined;
  /** 合计, 平均, 最大 and 最小 over operands leave out those that do not apply (a county without secondary vocational schools). */
  readonly skipsNotApplicable?: boolean | undefined;
}

export type Outcome<N> = N | string | boolean | Missing;

/**
 * Evaluates term by term. A missing value keeps its reason and the fields that cause it. A term with a missing part is
 * missing unless the other parts decide it: 假 且 missing is 假, and the untaken branch of 如果 is not evaluated. If one
 * school lacks its value, an aggregate over the schools is missing: leaving a school out silently would count it as
 * zero (write `合计(x, 有值(x))` to leave it out on purpose). 计数 of a condition counts the schools for which it holds; 计数
 * of a number counts the schools that have it. A division by zero names the fields of its divisor; a figure out of
 * range names the fields it was computed from.
 */
export function evaluateTerm<N>(term: Term, reading: Reading, algebra: Algebra<N>): Outcome<N> {
  return new Evaluation(reading, algebra).outcome(term);
}

/** What the aggregates of formulas gave over a set of schools, by the arithmetic and the term. */
const aggregates = new WeakMap<object, WeakMap<object, Map<Term, unknown>>>();

/** The answers over this set, kept as long as the set. */
function answersOver(schools: object, algebra: object): Map<Term, unknown> {
  const bySet = aggregates.get(schools) ?? new WeakMap<object, Map<Term, unknown>>();
  aggregates.set(schools, bySet);
  const answers = bySet.get(algebra) ?? new Map<Term, unknown>();
  bySet.set(algebra, answers);
  return answers;
}

const typeOf = { number: 'number', string: 'text', boolean: 'truth' } as const;

class Evaluation<N> {
  readonly #reading: Reading;
  readonly #algebra: Algebra<N>;

  constructor(reading: Reading, algebra: Algebra<N>) {
    this.#reading = reading;
    this.#algebra = algebra;
  }

  outcome(term: Term): Outcome<N> {
    switch (term.kind) {
      case 'number':
        return this.#algebra.of(term.value);
      case 'text':
      case 'truth':
        return term.value;
      case 'field':
        return this.#field(term);
      case 'negate':
        return this.#map(term, (value) => this.#algebra.negate(value));
      case 'round':
        return this.#map(term, (value) => this.#algebra.round(value, term.places));
      case 'not': {
        const value = this.outcome(term.operand);
        return isMissing(value) ? value : !value;
      }
      case 'present':
        return !isMissing(this.outcome(term.operand));
      case 'arithmetic':
        return this.#arithmetic(term);
      case 'comparison':
        return this.#comparison(term);
      case 'logic':
        return this.#logic(term);
      case 'member': {
        const value = this.outcome(term.operand);
        if (isMissing(value)) return value;
        return term.list.some((item) => this.#compare(value, this.#literal(item)) === 0);
      }
      case 'choice': {
        const condition = this.outcome(term.condition);
        if (isMissing(condition)) return condition;
        return this.outcome(condition ? term.whenTrue : term.whenFalse);
      }
      case 'fold':
        return this.#fold(term, this.#applicable(term.operands.map((operand) => this.outcome(operand))));
      case 'aggregate':
        return this.#aggregate(term);
    }
  }

  #field(term: Term & { kind: 'field' }): Outcome<N> {
    const cell = this.#reading.read(term.name);
    if (cell === null || cell === undefined) return missing('not-filed', [term.name]);
    if (isMissing(cell)) return cell.fields.length > 0 ? cell : missing(cell.missing, [term.name]);
    const own = typeof cell === 'object' ? 'number' : typeOf[typeof cell as keyof typeof typeOf];
    // A word in the place of a number is no number: nothing is computed from it.
    if (own !== term.type) return missing('not-filed', [term.name]);
    if (typeof cell === 'object') return cell.figure as N;
    if (typeof cell !== 'number') return cell;
    return Number.isFinite(cell) ? this.#algebra.of(cell) : missing('out-of-range', [term.name]);
  }

  #map(term: Term & { kind: 'negate' | 'round' }, apply: (value: N) => N): Outcome<N> {
    const value = this.outcome(term.operand);
    return isMissing(value) ? value : this.#settle(term, apply(value as N));
  }

  #settle(term: Term, value: N): N | Missing {
    const settled = this.#algebra.settle(value);
    return isMissing(settled) ? missing(settled.missing, fieldsOf(term)) : settled;
  }

  #arithmetic(term: Term & { kind: 'arithmetic' }): Outcome<N> {
    const left = this.outcome(term.left);
    const right = this.outcome(term.right);
    const lack = firstMissing([left, right]);
    if (lack) return lack;
    if (term.operator === '/' && this.#algebra.isZero(right as N)) {
      return missing('division-by-zero', fieldsOf(term.right));
    }
    return this.#settle(term, this.#calculate(term.operator, left as N, right as N));
  }

  #calculate(operator: Arithmetic, left: N, right: N): N {
    if (operator === '+') return this.#algebra.add(left, right);
    if (operator === '-') return this.#algebra.subtract(left, right);
    return operator === '*' ? this.#algebra.multiply(left, right) : this.#algebra.divide(left, right);
  }

  #comparison(term: Term & { kind: 'comparison' }): Outcome<N> {
    const left = this.outcome(term.left);
    const right = this.outcome(term.right);
    return firstMissing([left, right]) ?? holds(term.operator, this.#compare(left, right));
  }

  #compare(left: Outcome<N>, right: Outcome<N>): number {
    if (typeof left === 'string' || typeof left === 'boolean') return left === right ? 0 : 1;
    return this.#algebra.compare(left as N, right as N);
  }

  #literal(item: number | string): Outcome<N> {
    return typeof item === 'number' ? this.#algebra.of(item) : item;
  }

  /** Three-valued logic as in SQL: one side may decide the result although the other is missing. */
  #logic(term: Term & { kind: 'logic' }): Outcome<N> {
    const left = this.outcome(term.left);
    const right = this.outcome(term.right);
    const decisive = term.operator === '或';
    if (left === decisive || right === decisive) return decisive;
    return firstMissing([left, right]) ?? !decisive;
  }

  #applicable(values: readonly Outcome<N>[]): readonly Outcome<N>[] {
    if (this.#reading.skipsNotApplicable !== true) return values;
    const left = values.filter((value) => !isMissing(value) || value.missing !== 'not-applicable');
    return left.length > 0 ? left : values;
  }

  #fold(term: Term & { fold: Fold | 'count' }, values: readonly Outcome<N>[]): Outcome<N> {
    const lack = firstMissing(values);
    if (lack) return lack;
    const algebra = this.#algebra;
    const numbers = values as readonly N[];
    if (term.fold === 'sum' || term.fold === 'mean') {
      const total = numbers.reduce((left, right) => algebra.add(left, right));
      return this.#settle(term, term.fold === 'sum' ? total : algebra.divide(total, algebra.of(numbers.length)));
    }
    const wanted = term.fold === 'max' ? 1 : -1;
    return numbers.reduce((best, value) => (algebra.compare(value, best) * wanted > 0 ? value : best));
  }

  /** The same for every school of the set, so it is found once: else a formula would cost the square of their number. */
  #aggregate(term: Term & { kind: 'aggregate' }): Outcome<N> {
    const { schools } = this.#reading;
    if (schools === undefined) return this.#aggregateOver(term, []);
    const answers = answersOver(schools, this.#algebra);
    const known = answers.get(term) as Outcome<N> | undefined;
    if (known !== undefined) return known;
    const answer = this.#aggregateOver(term, schools);
    answers.set(term, answer);
    return answer;
  }

  #aggregateOver(term: Term & { kind: 'aggregate' }, schools: NonNullable<Reading['schools']>): Outcome<N> {
    const values: Outcome<N>[] = [];
    const undecided: Outcome<N>[] = [];
    for (const read of schools) {
      const school = new Evaluation({ read }, this.#algebra);
      const counted = term.where ? school.outcome(term.where) : true;
      if (isMissing(counted)) undecided.push(counted);
      else if (counted) values.push(school.outcome(term.operand));
    }
    const lack = firstMissing(undecided);
    if (lack) return lack;
    if (term.fold !== 'count') return values.length === 0 ? missing('no-schools') : this.#fold(term, values);
    if (term.operand.type !== 'truth') return this.#algebra.of(values.filter((value) => !isMissing(value)).length);
    return firstMissing(values) ?? this.#algebra.of(values.filter((value) => value === true).length);
  }
}

/** The first missing value, naming the fields of all that share its reason. */
function firstMissing(values: readonly unknown[]): Missing | undefined {
  const lacks = values.filter(isMissing);
  const [first] = lacks;
  if (!first || lacks.length === 1) return first;
  const same = lacks.filter((lack) => lack.missing === first.missing);
  return missing(first.missing, [...new Set(same.flatMap((lack) => lack.fields))]);
}

function holds(operator: Comparison, order: number): boolean {
  if (operator === '=') return order === 0;
  if (operator === '≠') return order !== 0;
  if (operator === '<') return order < 0;
  if (operator === '≤') return order <= 0;
  if (operator === '>') return order > 0;
  return order >= 0;
}

/** Evaluates in doubles. */
export function evaluateInDoubles(term: Term, reading: Reading): Outcome<number> {
  return evaluateTerm(term, reading, doubles);
}
