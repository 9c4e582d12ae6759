import { add, compare, divide, type Exact, greater, lesser, multiply, negate, zero } from '../../kit/decimal.ts';
import type { Compare } from '../lists.ts';

/**
 * Why something is not known yet: leaves of this evaluation that nobody has scored, or facts and circumstances that
 * nobody has given.
 */
export interface Lack {
  readonly of: 'scores' | 'given';
  readonly names: readonly string[];
}

/** What a number can still be; a null end is not bounded. Known numbers have two equal ends and lack nothing. */
export interface Range {
  readonly low: Exact | null;
  readonly high: Exact | null;
  readonly lack: Lack | null;
}

/** A number, its range, or that there is no such thing for this subject. */
export type Bounded = Range | 'notApplicable';

/** True, false, or why neither can be said yet. */
export type Judgement = boolean | Lack;

/** A known number. */
export function known(value: Exact): Range {
  return { low: value, high: value, lack: null };
}

/** A number of which nothing is known. */
export function unknown(of: Lack['of'], names: readonly string[]): Range {
  return { low: null, high: null, lack: { of, names } };
}

/** True where a judgement is neither true nor false. */
export function lacks(judgement: Judgement): judgement is Lack {
  return typeof judgement !== 'boolean';
}

/** Both lacks as one; what rests on a score rests on it whatever else is missing. */
export function joined(left: Lack | null, right: Lack | null): Lack | null {
  if (left === null || right === null) return left ?? right;
  const of = left.of === 'scores' || right.of === 'scores' ? 'scores' : 'given';
  return { of, names: [...new Set([...left.names, ...right.names])] };
}

/** The calculation of two ranges. A divisor that may be zero leaves nothing known. */
export function calculated(operator: '+' | '-' | '*' | '/', left: Range, right: Range): Range {
  const lack = joined(left.lack, right.lack);
  if (operator === '-') return calculated('+', left, turned(right));
  if (operator === '+') return { low: plus(left.low, right.low), high: plus(left.high, right.high), lack };
  if (operator === '/' && holdsZero(right)) return { low: null, high: null, lack: lack ?? byZero };
  const results = [left.low, left.high].flatMap((one) =>
    [right.low, right.high].map((other) => {
      if (one === null || other === null) return null;
      return operator === '*' ? multiply(one, other) : divide(one, other);
    }),
  );
  const all = results.filter((value) => value !== null);
  if (all.length < results.length) return { low: null, high: null, lack };
  return { low: all.reduce(lesser), high: all.reduce(greater), lack };
}

/** The negative of a range. */
export function turned(range: Range): Range {
  return { low: range.high && negate(range.high), high: range.low && negate(range.low), lack: range.lack };
}

/** Whether the comparison holds whatever the numbers turn out to be; 以上 and 以下 include the number. */
export function compared(left: Range, operator: Compare, right: Range): Judgement {
  const lack = joined(left.lack, right.lack) ?? { of: 'given', names: [] };
  switch (operator) {
    case '<':
      return below(left, right, false) ?? lack;
    case '<=':
      return below(left, right, true) ?? lack;
    case '>':
      return below(right, left, false) ?? lack;
    case '>=':
      return below(right, left, true) ?? lack;
    case '=':
      return equal(left, right) ?? lack;
    case '<>': {
      const same = equal(left, right);
      return same === undefined ? lack : !same;
    }
  }
}

/** Whether left < right (`orEqual`: left <= right); undefined where it depends. */
function below(left: Range, right: Range, orEqual: boolean): boolean | undefined {
  const [certain, possible] = [order(left.high, right.low), order(left.low, right.high)];
  if (certain !== undefined && (certain < 0 || (orEqual && certain === 0))) return true;
  if (possible !== undefined && (possible > 0 || (!orEqual && possible === 0))) return false;
  return undefined;
}

function equal(left: Range, right: Range): boolean | undefined {
  if (below(left, right, false) === true || below(right, left, false) === true) return false;
  const points = [left.low, left.high, right.low, right.high];
  const [first] = points;
  return points.every((point) => point !== null && first !== null && compare(point, first!) === 0) ? true : undefined;
}

function order(left: Exact | null, right: Exact | null): number | undefined {
  return left === null || right === null ? undefined : compare(left, right);
}

function plus(left: Exact | null, right: Exact | null): Exact | null {
  return left === null || right === null ? null : add(left, right);
}

const byZero: Lack = { of: 'given', names: ['除数为零'] };

function holdsZero({ low, high }: Range): boolean {
  return (low === null || compare(low, zero) <= 0) && (high === null || compare(high, zero) >= 0);
}
