import {
  add,
  ceiling,
  compare,
  divide,
  type Exact,
  exact,
  floor,
  greater,
  isZero,
  lesser,
  multiply,
  subtract,
  sum,
  zero,
} from '../../../kit/decimal.ts';
import { isMissing, type Missing, missing, namesInTheWay } from '../../../kit/value.ts';
import { isNumber } from '../fact-reader.ts';
import { figureOrWord, type Given, type LeafScene, measured, open, openFor, type Scene, scored } from './leaf.ts';

/** An element of a leaf: missing, there, not known, or none of the subject's. */
type Presence = 'missing' | 'there' | 'unknown' | 'none';

/**
 * n elements of which each missing one costs the same, down to the floor (扣完为止); the cost need not be points ÷ n. A
 * number answers for all elements, a list names the missing ones; an element with a condition over facts is missing too
 * where that fails.
 */
export function elements(scene: LeafScene<'elements'>): Given {
  const { method, max, note, answer } = scene;
  if (max === null) return open(zero, null);
  const points = (missing: number): Exact =>
    greater(exact(method.floor), subtract(max, multiply(exact(method.cost), exact(missing))));
  if (answer && 'missing' in answer && typeof answer.missing === 'number') {
    return elementsMissing(scene, 'person', method.elements.length, answer.missing, points);
  }
  const presences = method.elements.map((_, at) => presenceOf(scene, at));
  const count = (presence: Presence): number => presences.filter((one) => one === presence).length;
  const applicable = presences.length - count('none');
  if (applicable === 0) return { kind: 'notApplicable' };
  if (count('unknown') > 0) {
    const most = points(count('missing'));
    const lacks = method.elements.filter((_, at) => presences[at] === 'unknown').map(({ text }) => text);
    return open(points(count('missing') + count('unknown')), most, lacks);
  }
  note(() => lacking(scene, presences));
  return elementsMissing(scene, answer ? 'person' : 'facts', applicable, count('missing'), points);
}

function elementsMissing(
  { note, method, text }: LeafScene<'elements'>,
  by: 'person' | 'facts',
  all: number,
  missing: number,
  points: (missing: number) => Exact,
): Given {
  note(
    () => (missing === 0 ? `${all} 项齐全` : `${all} 项中缺 ${missing} 项，各扣 ${text(exact(method.cost))} 分`),
    () => points(missing),
  );
  return scored(by, points(missing), { verdict: missing === 0 });
}

function lacking({ method }: LeafScene<'elements'>, presences: readonly Presence[]): string {
  const missing = method.elements.filter((_, at) => presences[at] === 'missing').map(({ text }) => text);
  return missing.length === 0 ? '没有缺项' : `缺：${missing.join('；')}`;
}

function presenceOf({ answer, elementFormulas, elementApplies, reader }: LeafScene<'elements'>, at: number): Presence {
  const applies = elementApplies[at] ?? null;
  const applying = applies === null ? true : reader.valueOf(applies);
  if (applying === false || (isMissing(applying) && applying.missing === 'not-applicable')) return 'none';
  const listed = answer && 'missing' in answer && typeof answer.missing !== 'number' ? answer.missing : undefined;
  if (listed?.includes(at + 1)) return 'missing';
  const formula = elementFormulas[at] ?? null;
  const value = formula === null ? undefined : reader.valueOf(formula);
  if (value === undefined || isMissing(value)) {
    if (value !== undefined && value.missing === 'not-applicable') return 'none';
    return listed ? 'there' : 'unknown';
  }
  if (value === true) return 'there';
  // Whether the subject has such a thing nobody has said; what was listed as missing was said to be its.
  return isMissing(applying) && !listed ? 'unknown' : 'missing';
}

type Deduction = LeafScene<'deduction'>['method'];
type DeductionItem = Deduction['items'][number];

/**
 * From full points (or, for deductions outside the tree, from nothing) each occurrence costs, an item up to its cap
 * (每项最多扣), all down to the floor (扣完为止). `factorIf` multiplies what is taken. An item that is counted from a value
 * counts the steps by which that lies beyond its line.
 */
export function deduction(scene: LeafScene<'deduction'>): Given {
  const { method, max, note, text, answer } = scene;
  if (method.start === 'full' && max === null) return open(zero, null);
  const start = method.start === 'full' ? max! : zero;
  const floor = exact(method.floor);
  const left = (taken: Exact): Exact => greater(floor, subtract(start, taken));
  const value = steppedValue(scene);
  const taken = method.items.map((item, at) => takenFor(scene, item, at, value));
  const mayTake = taken.some((one) => one === undefined || !isZero(one[1]));
  const factor = mayTake ? factorOf(scene) : exact(1);
  const most = left(multiply(factor, sum(taken.map((one) => one?.[0] ?? zero))));
  const sure = taken.map((one, at) => one?.[1] ?? capOf(method.items[at]!));
  const least = sure.includes(undefined) ? floor : left(multiply(factor, sum(sure as readonly Exact[])));
  if (taken.includes(undefined) || compare(least, most) !== 0) {
    return open(
      least,
      most,
      answer ? method.items.filter((_, at) => taken[at] === undefined).map((item) => item.text) : [],
    );
  }
  const all = sum(taken.map((one) => one![0]));
  note(
    () =>
      `${text(start)} − ${text(multiply(factor, all))}${compare(most, floor) === 0 && all.n !== 0n ? '，扣完为止' : ''}`,
    () => most,
  );
  return scored(answer ? 'person' : 'facts', most, {
    verdict: isZero(all),
    value: isMissing(value) ? undefined : value,
  });
}

/** What an item takes at least and at most. */
type Taken = readonly [Exact, Exact];

/** All that an item can take, where that has an end. */
function capOf({ cap }: DeductionItem): Exact | undefined {
  return cap === undefined ? undefined : exact(cap);
}

function takenFor(scene: LeafScene<'deduction'>, item: DeductionItem, at: number, value: Exact | Missing) {
  const times = timesOf(scene, item, at, value);
  if (times === undefined) return undefined;
  const capped = (cost: number): Exact => {
    const taken = multiply(exact(cost), times);
    return item.cap === undefined ? taken : lesser(taken, exact(item.cap));
  };
  const range: Taken =
    typeof item.cost === 'number'
      ? [capped(item.cost), capped(item.cost)]
      : [capped(item.cost.from), capped(item.cost.to)];
  if (times.n !== 0n) scene.note(() => takenWords(scene, item, times, range));
  return range;
}

function takenWords({ text }: Scene, item: DeductionItem, times: Exact, [least, most]: Taken): string {
  const each = typeof item.cost === 'number' ? `${item.cost}` : `${item.cost.from}–${item.cost.to}`;
  const taken = compare(least, most) === 0 ? text(most) : `${text(least)}–${text(most)}`;
  const cap = item.cap !== undefined && compare(most, exact(item.cap)) === 0 ? `（最多扣 ${item.cap}）` : '';
  return `${item.text}：${text(times)} 次，各扣 ${each} 分，扣 ${taken} 分${cap}`;
}

function timesOf(
  { answer, method }: LeafScene<'deduction'>,
  item: DeductionItem,
  at: number,
  value: Exact | Missing,
): Exact | undefined {
  if (answer && 'occurrences' in answer) {
    const { occurrences } = answer;
    if (typeof occurrences !== 'number') return exact(occurrences[String(at + 1)] ?? 0);
    // A bare number of several items is none of each: any other is refused when answers are checked.
    return method.items.length === 1 || occurrences === 0 ? exact(occurrences) : undefined;
  }
  if (!item.per) return undefined;
  const part = item.per.of !== undefined && answer && 'parts' in answer ? answer.parts?.[item.per.of] : undefined;
  const stepped = part === undefined ? value : figureOrWord(part);
  return typeof stepped === 'string' || isMissing(stepped) ? undefined : stepsBeyond(item.per, stepped);
}

/** How many steps a value lies beyond its line: begun ones (每降低或不足), full ones, or in proportion. */
export function stepsBeyond({ from, step, better, count }: NonNullable<DeductionItem['per']>, value: Exact): Exact {
  const beyond = better === 'high' ? subtract(exact(from), value) : subtract(value, exact(from));
  if (compare(beyond, zero) <= 0) return zero;
  const steps = divide(beyond, exact(step));
  if (count === 'proportional') return steps;
  return count === 'begun' ? ceiling(steps) : floor(steps);
}

function steppedValue(scene: LeafScene<'deduction'>): Exact | Missing {
  if (!scene.method.items.some((item) => item.per)) return missing('not-filed');
  const found = measured(scene);
  if (isMissing(found)) return found;
  return isNumber(found.value) ? found.value : missing('not-filed');
}

/** What multiplies that which is taken. A condition that nobody has said does not hold, and its names are kept. */
function factorOf({ method, judge, unknown, note }: LeafScene<'deduction'>): Exact {
  let factor = exact(1);
  for (const one of method.factorIf ?? []) {
    const verdict = judge(one.when);
    if (isMissing(verdict)) unknown.push(...namesInTheWay(verdict));
    if (verdict !== true) continue;
    note(() => `${one.when}：扣分乘 ${one.factor}`);
    factor = multiply(factor, exact(one.factor));
  }
  return factor;
}

/**
 * What is added up to the cap of the leaf. Items that count the highest alone (同一成果按最高级计一次) give one of them.
 */
export function bonus(scene: LeafScene<'bonus'>): Given {
  const { method, answer, note, text } = scene;
  const cap = method.cap === null ? null : exact(method.cap);
  const capped = (points: Exact): Exact => (cap === null ? points : lesser(points, cap));
  const { formula, reader } = scene;
  if (!answer || !('occurrences' in answer)) {
    if (answer !== undefined || formula === null) return open(zero, cap);
    const value = reader.valueOf(formula);
    if (isMissing(value)) return openFor(value, zero, cap);
    return isNumber(value) ? scored('facts', capped(value), { value }) : open(zero, cap);
  }
  const times = (at: number): number => timesOfBonus(answer.occurrences, at);
  let points = zero;
  let highest = zero;
  for (const [at, item] of method.items.entries()) {
    if (times(at) === 0) continue;
    note(() => `${item.text}：${times(at)} 次，${item.points} 分${item.highestOnly ? '（按最高级计一次）' : ''}`);
    if (item.highestOnly) highest = greater(highest, exact(item.points));
    else points = add(points, multiply(exact(item.points), exact(times(at))));
  }
  const all = add(points, highest);
  note(
    () => (cap !== null && compare(all, cap) > 0 ? `合计 ${text(all)}，最多加 ${text(cap)}` : '加分'),
    () => capped(all),
  );
  return scored('person', capped(all));
}

/** A bare number stands for the only item. */
function timesOfBonus(occurrences: number | Readonly<Record<string, number>>, at: number): number {
  return typeof occurrences === 'number' ? (at === 0 ? occurrences : 0) : (occurrences[String(at + 1)] ?? 0);
}
