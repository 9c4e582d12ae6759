import { isMissing, type Missing, type Value } from '../kit/value.ts';
import { check, type FormulaScope } from './check.ts';
import { type Cell, evaluateInDoubles, type Reading } from './evaluate.ts';
import { parse } from './parser.ts';
import { formulaProblem } from './syntax.ts';
import { fieldsOf, type Term, type TermType } from './term.ts';
import type { Unit } from './unit.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A formula that has been parsed and checked against a vocabulary: ready to be evaluated and explained. */
export interface Formula {
  readonly source: string;
  readonly term: Term;
  /** The full names of all fields it reads. */
  readonly fields: readonly string[];
  /** The unit of its result where the fields have units; undefined where nothing is known. */
  readonly unit: Unit | undefined;
}

/** The type that a formula must yield and the place where it is evaluated; the default is a number for one school. */
export interface FormulaDemand {
  readonly type?: TermType;
  readonly scope?: FormulaScope;
}

/**
 * Reads a formula: `formula('高于规定学历教师数 * 100 / 在校生数', vocabulary(fields, 'primary'))`.
 * @throws Problem `formula.invalid` with position, length and a Chinese reason
 */
export function formula(source: string, words: Vocabulary, demand: FormulaDemand = {}): Formula {
  const type = demand.type ?? 'number';
  const { term, unit } = check(source, parse(source), words, demand.scope ?? 'school');
  if (term.type !== type) {
    const wanted = { number: '数字', truth: '条件', text: '文字' }[type];
    throw formulaProblem(source, { start: 0, end: [...source].length }, `这个公式的结果应是${wanted}`);
  }
  return { source, term, fields: fieldsOf(term), unit };
}

/** The number of a number formula for one record, or the reason why there is none, with the fields in the way. */
export function evaluate(known: Formula, reading: Reading | Readonly<Record<string, Cell>>): Value {
  return evaluateInDoubles(known.term, toReading(reading)) as Value;
}

/** Whether a truth formula holds, or the reason why that cannot be said. */
export function evaluateTruth(known: Formula, reading: Reading | Readonly<Record<string, Cell>>): boolean | Missing {
  const result = evaluateInDoubles(known.term, toReading(reading));
  return isMissing(result) ? result : result === true;
}

/** A plain record read by name; only its own properties count. */
export function readingOf(record: Readonly<Record<string, Cell>>): Reading {
  return { read: (name) => (Object.hasOwn(record, name) ? record[name] : undefined) };
}

function toReading(reading: Reading | Readonly<Record<string, Cell>>): Reading {
  return isReading(reading) ? reading : readingOf(reading);
}

function isReading(value: Reading | Readonly<Record<string, Cell>>): value is Reading {
  return typeof (value as Reading).read === 'function';
}
