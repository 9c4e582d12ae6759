import { add, divide, type Exact, exact, isWhole, lesser, multiply, toNumber, zero } from '../../kit/decimal.ts';
import type { LeafResult, Prepared } from '../result.ts';
import { besideOf } from './method/leaf.ts';
import { maxOf, type ScoredLeaf } from './score-leaf.ts';
import { TreeScorer } from './tree/score-tree.ts';
import { fixed, left, nothing } from './tree/tally.ts';
import { totalsOf } from './tree/totals.ts';

/**
 * The scores of many subjects in columns, in units of the edition (`Prepared.units` to a point): all whole numbers below
 * 2^53, so that sums of doubles are exact.
 */
export interface Columns {
  readonly subjects: number;
  /** By reviewer, then by leaf in the order of the edition: the units of each subject. 0 where a leaf does not apply. */
  readonly units: readonly (readonly Float64Array[])[];
  /** By leaf: 1 where it applies to the subject, else 0. */
  readonly applicable: readonly Uint8Array[];
  /** Points that are no whole number of units, by subject: these subjects are summed exactly instead. */
  readonly fractions: ReadonlyMap<number, ReadonlyArray<readonly [leaf: number, points: Exact]>>;
}

/** The totals of many subjects: points = units ÷ applicable units × all units, and what stands beside the tree. */
export interface RolledUp {
  /** Units of points of each subject in the tree, the mean of its reviewers. */
  readonly total: Float64Array;
  /** Units that apply to each subject. */
  readonly of: Float64Array;
  /** Units of bonuses and of deductions outside the tree, capped. */
  readonly beside: Float64Array;
  /** Units of the whole tree. */
  readonly whole: number;
  readonly units: number;
  /** Whole totals in points of the subjects that were summed exactly. */
  readonly exact: ReadonlyMap<number, Exact>;
}

/**
 * Rolls many subjects up in one pass over columns: what `scoreOf` gives for each, without an object for a score. A tree of
 * sums runs in whole units; a subject with a fraction, and a tree with another roll-up, goes through the exact roll-up.
 * Of several reviewers the mean counts: units are divisible by up to six of them.
 * @throws RangeError where a leaf has no known points: such an edition is not opened for scoring
 */
export function rollUpAll(prepared: Prepared, columns: Columns): RolledUp {
  const maxima = prepared.leaves.map(({ indicator }) => unitsOf(prepared, maxOf(indicator)));
  const { subjects, units: reviewers, applicable, fractions } = columns;
  const total = new Float64Array(subjects);
  const of = new Float64Array(subjects);
  const beside = new Float64Array(subjects);
  const bonus = new Float64Array(subjects);
  let whole = 0;
  for (const kind of [null, 'bonus', 'deductions'] as const) {
    const places = prepared.leaves.flatMap(({ indicator }, at) => (besideOf(indicator) === kind ? [at] : []));
    const sums = kind === 'bonus' ? bonus : kind === 'deductions' ? beside : total;
    addColumns(
      sums,
      reviewers.flatMap((leaves) => places.map((at) => leaves[at]!)),
    );
    if (kind !== null) continue;
    whole = places.reduce((all, at) => all + maxima[at]!, 0);
    addApplicable(
      prepared,
      of,
      total,
      places.map((at) => ({ applicable: applicable[at]!, max: maxima[at]! })),
      reviewers.length,
    );
  }
  const cap = prepared.edition.bonus?.cap;
  const most = cap === undefined || cap === null ? Number.POSITIVE_INFINITY : unitsOf(prepared, exact(cap));
  for (let row = 0; row < subjects; row += 1) {
    total[row] = total[row]! / reviewers.length;
    beside[row] = beside[row]! / reviewers.length + Math.min(bonus[row]! / reviewers.length, most);
  }
  const lane = isPlain(prepared) ? fractions.keys() : Array.from({ length: subjects }, (_, row) => row);
  const exactly = new Map([...lane].map((row) => [row, exactTotal(prepared, columns, row)] as const));
  return { total, of, beside, whole, units: prepared.units, exact: exactly };
}

/** The total of a subject in points, as `scoreOf` gives it; null where nothing applies to it. */
export function totalOf(
  prepared: Prepared,
  { total, of, beside, whole, units, exact: lane }: RolledUp,
  row: number,
): Exact | null {
  const known = lane.get(row);
  if (known !== undefined) return known;
  if (of[row] === 0) return null;
  const scale = multiply(exact(of[row]!), exact(units));
  const base = divide(multiply(exact(total[row]!), exact(whole)), scale);
  const all = add(base, divide(exact(beside[row]!), exact(units)));
  const { max, bonus } = prepared.edition;
  return bonus?.beyondMax === false && max !== null ? lesser(all, exact(max)) : all;
}

/** The columns of subjects whose leaves are all scored or do not apply; an unanswered leaf counts what it gives anyway. */
export function columnsOf(prepared: Prepared, results: ReadonlyArray<readonly LeafResult[]>): Columns {
  const column = () => new Float64Array(results.length);
  const units = prepared.leaves.map(column);
  const applicable = prepared.leaves.map(() => new Uint8Array(results.length));
  const fractions = new Map<number, [number, Exact][]>();
  for (const [row, leaves] of results.entries()) {
    for (const [at, { state, points, least }] of leaves.entries()) {
      if (state === 'notApplicable') continue;
      applicable[at]![row] = 1;
      const given = multiply(points ?? least, exact(prepared.units));
      if (isWhole(given)) units[at]![row] = toNumber(given);
      else fractions.set(row, [...(fractions.get(row) ?? []), [at, points ?? least]]);
    }
  }
  return { subjects: results.length, units: [units], applicable, fractions };
}

/** Adds columns to their sums; eight at a time, so that the sums are read and written an eighth as often. */
function addColumns(sums: Float64Array, columns: readonly Float64Array[]): void {
  let at = 0;
  for (; at + 8 <= columns.length; at += 8) addEight(sums, columns.slice(at, at + 8) as Eight);
  for (const column of columns.slice(at)) addOne(sums, column);
}

type Column = Float64Array;
type Eight = [Column, Column, Column, Column, Column, Column, Column, Column];

/** A function of its own: it is called often enough that the compiler takes it in the first round. */
function addEight(sums: Float64Array, [a, b, c, d, e, f, g, h]: Eight): void {
  const rows = sums.length;
  for (let row = 0; row < rows; row += 1) {
    // In pairs, so that no addition waits for all before it; whole numbers have one sum in any order.
    const first = a[row]! + b[row]! + (c[row]! + d[row]!);
    sums[row] = sums[row]! + (first + (e[row]! + f[row]! + (g[row]! + h[row]!)));
  }
}

function addOne(sums: Float64Array, column: Float64Array): void {
  const rows = sums.length;
  for (let row = 0; row < rows; row += 1) sums[row] = sums[row]! + column[row]!;
}

/** What does not apply leaves the applicable units, or counts full, or nothing, as the edition says. */
function addApplicable(
  { edition }: Prepared,
  of: Float64Array,
  total: Float64Array,
  leaves: readonly { readonly applicable: Uint8Array; readonly max: number }[],
  reviewers: number,
): void {
  const rows = of.length;
  const whole = leaves.reduce((all, { max }) => all + max, 0);
  if (edition.notApplicable === 'zero') {
    of.fill(whole);
    return;
  }
  // Few maxima are different: of each the leaves that apply are counted, and multiplied once.
  const byMax = new Map<number, Uint8Array[]>();
  for (const { applicable, max } of leaves) {
    const same = byMax.get(max);
    if (same) same.push(applicable);
    else byMax.set(max, [applicable]);
  }
  for (const [max, columns] of byMax) {
    for (let at = 0; at < columns.length; at += mostCounted) {
      addUnits(of, countOnes(columns.slice(at, at + mostCounted), rows), max);
    }
  }
  if (edition.notApplicable === 'rebase') return;
  for (let row = 0; row < rows; row += 1) {
    total[row] = total[row]! + (whole - of[row]!) * reviewers;
    of[row] = whole;
  }
}

function addUnits(of: Float64Array, counts: Uint8Array, max: number): void {
  const rows = of.length;
  for (let row = 0; row < rows; row += 1) of[row] = of[row]! + counts[row]! * max;
}

/** A count fits into a byte. */
const mostCounted = 255;

/** How many of at most 255 columns of zeros and ones have a one in each row: four rows are added as one number of four bytes. */
function countOnes(columns: readonly Uint8Array[], rows: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(rows / 4));
  const counts = new Uint8Array(words.buffer, 0, rows);
  const whole = rows >> 2;
  for (const column of columns) {
    const aligned = column.byteOffset % 4 === 0 ? column : column.slice();
    addWords(words, new Uint32Array(aligned.buffer, aligned.byteOffset, whole));
    for (let row = whole * 4; row < rows; row += 1) counts[row] = counts[row]! + column[row]!;
  }
  return counts;
}

function addWords(words: Uint32Array, more: Uint32Array): void {
  const length = more.length;
  for (let at = 0; at < length; at += 1) words[at] = (words[at]! + more[at]!) | 0;
}

/** A tree of sums alone, whose points are all known. */
function isPlain({ edition, order }: Prepared): boolean {
  const sums = [edition.rollUp, ...order.map(({ rollUp }) => rollUp)];
  return (
    edition.gaps.length === 0 &&
    sums.every((rollUp) => rollUp === undefined || (rollUp.rule === 'sum' && Object.keys(rollUp).length === 1))
  );
}

/** The same total through the exact roll-up. */
function exactTotal(prepared: Prepared, columns: Columns, row: number): Exact {
  const fractions = new Map(columns.fractions.get(row));
  const leaves = new Map(
    prepared.leaves.map(({ indicator }, at) => {
      const max = maxOf(indicator);
      const applies = columns.applicable[at]![row] === 1;
      const given = fractions.get(at) ?? meanPoints(prepared, columns, at, row);
      return [indicator.code, exactLeaf(prepared, indicator.code, besideOf(indicator), max, applies ? given : null)];
    }),
  );
  const tree = new TreeScorer(prepared, leaves, new Map(), {}, false).score();
  return totalsOf(prepared, tree).total ?? zero;
}

function meanPoints({ units }: Prepared, columns: Columns, at: number, row: number): Exact {
  const sum = columns.units.reduce((all, leaves) => all + leaves[at]![row]!, 0);
  return divide(exact(sum), exact(units * columns.units.length));
}

function exactLeaf(
  { edition }: Prepared,
  code: string,
  beside: ScoredLeaf['beside'],
  max: Exact | null,
  points: Exact | null,
): ScoredLeaf {
  const state = points === null ? 'notApplicable' : 'scored';
  const least = points ?? zero;
  const result: LeafResult = { code, max, state, points, least, most: least, by: 'person', steps: [] };
  if (points !== null) return { result, tally: fixed(points, max, points, points), beside };
  if (beside !== null) return { result, tally: nothing, beside };
  if (edition.notApplicable === 'rebase' || max === null) return { result, tally: left(max), beside };
  const counted = edition.notApplicable === 'full' ? max : zero;
  return { result, tally: fixed(counted, max, counted, counted), beside };
}

function unitsOf({ units }: Prepared, points: Exact | null): number {
  if (points === null) throw new RangeError('a leaf without known points has no units');
  const given = multiply(points, exact(units));
  if (given.d !== 1n) throw new RangeError(`${points} points are no whole number of units`);
  return toNumber(given);
}
