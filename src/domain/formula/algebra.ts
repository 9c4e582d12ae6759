import * as decimal from '../kit/decimal.ts';
import type { Missing } from '../kit/value.ts';
import { missing } from '../kit/value.ts';

/** The arithmetic that a formula is evaluated in: doubles for every day, exact rationals on a threshold. */
export interface Algebra<N> {
  of(value: number): N;
  negate(value: N): N;
  add(left: N, right: N): N;
  subtract(left: N, right: N): N;
  multiply(left: N, right: N): N;
  divide(left: N, right: N): N;
  compare(left: N, right: N): number;
  isZero(value: N): boolean;
  round(value: N, places: number): N;
  /** The value, or the reason why there is none. */
  settle(value: N): N | Missing;
}

export const doubles: Algebra<number> = {
  of: (value) => value,
  negate: (value) => -value,
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
  compare: (left, right) => (left < right ? -1 : left > right ? 1 : 0),
  isZero: (value) => value === 0,
  round: roundDouble,
  settle: (value) => (Number.isFinite(value) ? value : missing('out-of-range')),
};

export const exacts: Algebra<decimal.Exact> = {
  of: decimal.exact,
  negate: decimal.negate,
  add: decimal.add,
  subtract: decimal.subtract,
  multiply: decimal.multiply,
  divide: decimal.divide,
  compare: decimal.compare,
  isZero: decimal.isZero,
  round: (value, places) => decimal.exact(decimal.round(value, places)),
  settle: (value) => value,
};

/**
 * 四舍五入 of a double: half away from zero, on its 15 significant decimal digits, so that 1.005 rounds to 1.01 although
 * the double lies a hair below. PostgreSQL's cast of a double to numeric keeps the same 15 digits, which is why
 * `round(x::numeric, places)` agrees.
 */
export function roundDouble(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  return Number(decimal.round(decimal.exact(value.toPrecision(15)), places));
}
