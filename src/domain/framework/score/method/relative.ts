import { compare, divide, type Exact, exact, greater, isZero, multiply, sum, zero } from '../../../kit/decimal.ts';
import { isMissing, type Missing } from '../../../kit/value.ts';
import { ends, type Given, type LeafScene, measured, open, openFor, type Placed, scored, stands } from './leaf.ts';

type Relative = LeafScene<'relative'>['method'];

/**
 * The points of a place among the subjects of the round. While a subject has no value nobody's place is final, and the
 * leaf is open between the least and the most that a place gives.
 */
export function relative(scene: LeafScene<'relative'>): Given {
  const { method, max, placed, note, answer, formula } = scene;
  if (placed) {
    note(
      () => placed.words,
      () => placed.points,
    );
    return scored(answer ? 'person' : 'facts', placed.points);
  }
  const [least, most] = pointsRange(method, max);
  // What data measure is said before there are places.
  const found = answer === undefined && formula !== null ? measured(scene) : undefined;
  return isMissing(found) ? openFor(found, least, most) : open(least, most);
}

function pointsRange({ rule, points, beyond, full }: Relative, max: Exact | null): readonly [Exact, Exact | null] {
  if (rule === 'proportion' || points.length === 0) return [zero, max];
  const [least, most] = ends(points.map((one) => exact(one)));
  const top = full && max !== null ? greater(most, max) : most;
  return [beyond === 'zero' ? zero : least, top];
}

/** What of one subject a relative leaf compares. */
export interface Compared {
  readonly value: Exact;
  /** The city's own figure, where the leaf compares with a fact. */
  readonly line?: Exact | Missing | undefined;
}

/**
 * The places of all subjects of a round. Who reaches the line (of the mean of the subjects, of a number, or of a fact)
 * has full points; the others are ranked among themselves, or stand in proportion to the best. Equal values share the
 * best, the mean or the worst of their places; places beyond the list give the last points or none.
 * @param max the points of the leaf
 */
export function placesOf(method: Relative, max: Exact, subjects: readonly Compared[]): readonly Placed[] {
  const line = lineOf(method, subjects);
  const reached = subjects.map((one) => {
    const wanted = line ?? (isMissing(one.line) ? undefined : one.line);
    return method.full !== undefined && wanted !== undefined && stands(one.value, method.full.compare, wanted);
  });
  const others = subjects.filter((_, at) => !reached[at]);
  return subjects.map((one, at): Placed => {
    if (reached[at]) return { points: max, words: '达到对照线，得满分' };
    return method.rule === 'proportion' ? inProportion(method, max, one, subjects) : ranked(method, one, others);
  });
}

function lineOf({ full }: Relative, subjects: readonly Compared[]): Exact | undefined {
  if (!full) return undefined;
  if (typeof full.against === 'number') return exact(full.against);
  if (full.against !== 'mean') return undefined;
  return divide(sum(subjects.map(({ value }) => value)), exact(subjects.length));
}

function ranked({ better, points, beyond, ties }: Relative, one: Compared, all: readonly Compared[]): Placed {
  const ahead = all.filter(({ value }) => compare(value, one.value) * (better === 'high' ? 1 : -1) > 0).length;
  const equal = all.filter(({ value }) => compare(value, one.value) === 0).length;
  const at = (place: number): Exact => {
    if (place < points.length) return exact(points[place]!);
    return beyond === 'last' ? exact(points.at(-1) ?? 0) : zero;
  };
  const shared = Array.from({ length: equal }, (_, next) => at(ahead + next));
  const given = ties === 'mean' ? divide(sum(shared), exact(equal)) : ties === 'best' ? shared[0]! : shared.at(-1)!;
  const tie = equal > 1 ? `，与 ${equal - 1} 个对象并列` : '';
  return { points: given, words: `${all.length} 个对象中第 ${ahead + 1} 名${tie}` };
}

/** In proportion to the best: value ÷ best where high is better, best ÷ value where low is. */
function inProportion({ better }: Relative, max: Exact, one: Compared, all: readonly Compared[]): Placed {
  const [least, most] = ends(all.map(({ value }) => value));
  const best = better === 'high' ? most : least;
  const words = `与最好的对象相比，共 ${all.length} 个对象`;
  if (compare(one.value, best) === 0) return { points: max, words };
  if (compare(least, zero) < 0 || isZero(better === 'high' ? best : one.value)) return { points: zero, words };
  const share = better === 'high' ? divide(one.value, best) : divide(best, one.value);
  return { points: multiply(max, share), words };
}
