import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  greater,
  isZero,
  lesser,
  multiply,
  zero,
} from '../../../kit/decimal.ts';

/** What a leaf or a node brings to its parent, while it is not known whether it applies at all. */
export interface Optional {
  readonly least: Exact;
  readonly most: Exact | null;
  readonly max: Exact | null;
  /** At least so much does it add to the points that apply: a cap above it may cut its points away. */
  readonly leastMax: Exact | null;
}

/**
 * What a branch brings to its parent: the points so far out of the points that apply, and what they can still become.
 * `whole` counts the points of what does not apply too, for re-basing. Null: not known.
 */
export interface Tally {
  /** Points so far; what is unanswered counts the least that it gives anyway. */
  readonly points: Exact;
  readonly max: Exact | null;
  readonly whole: Exact | null;
  /** Ends of what surely applies, and its points. */
  readonly least: Exact;
  readonly most: Exact | null;
  readonly sure: Exact | null;
  readonly optional: readonly Optional[];
  /** False where nothing below applies. */
  readonly applies: boolean;
  /** False where nothing below has points by its nature. */
  readonly pointed: boolean;
  /** False where a weight is not known, so that the points say nothing. */
  readonly computable: boolean;
}

/** A branch without points. */
export const nothing: Tally = {
  points: zero,
  max: zero,
  whole: zero,
  least: zero,
  most: zero,
  sure: zero,
  optional: [],
  applies: false,
  pointed: false,
  computable: true,
};

/** A branch that applies and is judged without points. */
export const unpointed: Tally = { ...nothing, applies: true };

/** A branch whose weights are not known: it gives no points, and nothing is invented. */
export const incomputable: Tally = {
  ...nothing,
  max: null,
  whole: null,
  most: null,
  sure: null,
  applies: true,
  pointed: true,
  computable: false,
};

/** A branch of known points out of `max`, with the ends between which they lie. */
export function fixed(points: Exact, max: Exact | null, least: Exact, most: Exact | null): Tally {
  return { ...nothing, points, max, whole: max, least, most, sure: max, applies: true, pointed: true };
}

/** A branch that does not apply; its points count for re-basing alone. */
export function left(max: Exact | null): Tally {
  return { ...nothing, whole: max, pointed: true };
}

/** A branch of which nobody has said whether it applies: it counts as one that does, and both ways in the ends. */
export function undecided(points: Exact, max: Exact | null, least: Exact, most: Exact | null): Tally {
  return {
    ...nothing,
    points,
    max,
    whole: max,
    optional: [{ least, most, max, leastMax: max }],
    applies: true,
    pointed: true,
  };
}

const plus = (one: Exact | null, other: Exact | null): Exact | null =>
  one === null || other === null ? null : add(one, other);

/** Branches side by side. */
export function together(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (one, other) => ({
      points: add(one.points, other.points),
      max: plus(one.max, other.max),
      whole: plus(one.whole, other.whole),
      least: add(one.least, other.least),
      most: plus(one.most, other.most),
      sure: plus(one.sure, other.sure),
      optional: other.optional.length === 0 ? one.optional : [...one.optional, ...other.optional],
      applies: one.applies || other.applies,
      pointed: one.pointed || other.pointed,
      computable: one.computable && other.computable,
    }),
    nothing,
  );
}

/** A branch on another scale: all its points times a positive factor. */
export function scaled(tally: Tally, factor: Exact): Tally {
  const by = <T extends Exact | null>(value: T): T => (value === null ? value : multiply(value, factor)) as T;
  return {
    ...tally,
    points: by(tally.points),
    max: by(tally.max),
    whole: by(tally.whole),
    least: by(tally.least),
    most: by(tally.most),
    sure: by(tally.sure),
    optional: tally.optional.map((one) => ({
      ...{ least: by(one.least), most: by(one.most), max: by(one.max), leastMax: by(one.leastMax) },
    })),
  };
}

/**
 * A branch on its own scale: what applies is re-based to the whole (缺项换算), points ÷ applicable points × all points. The
 * ends take both answers for what may or may not apply. Where the points of something are not known nothing is re-based.
 */
export function rebased(tally: Tally): Tally {
  const { max, whole, points } = tally;
  if (!tally.pointed || !tally.computable) return tally;
  if (!tally.applies) return left(tally.whole);
  if (max === null || whole === null || isZero(max)) {
    // An end that some of the optional points may leave out is the lower one of both.
    const low = tally.optional.reduce((sum, one) => add(sum, lesser(zero, one.least)), tally.least);
    const high = tally.optional.reduce<Exact | null>(
      (sum, one) => plus(sum, one.most && greater(zero, one.most)),
      tally.most,
    );
    return { ...fixed(points, whole, low, high), whole };
  }
  const given = multiply(divide(points, max), whole);
  const [least, most] = rateEnds(tally).map((rate) => rate && multiply(rate, whole)) as [Exact, Exact | null];
  const based = fixed(given, whole, least, most);
  const mayBeNothing = tally.sure !== null && isZero(tally.sure) && tally.optional.length > 0;
  return mayBeNothing ? undecided(given, whole, least, most) : based;
}

/** The least and the greatest rate of points, over all choices of what applies and all points that it may take. */
function rateEnds({ least, most, sure, optional }: Tally): readonly [Exact, Exact | null] {
  const low = extreme(
    least,
    sure!,
    optional.map((part) => [part.least, part.max!] as const),
    -1,
  );
  if (most === null || optional.some((part) => part.most === null)) return [low, null];
  const high = extreme(
    most,
    sure!,
    optional.map((part) => [part.most!, part.leastMax!] as const),
    1,
  );
  // Nobody has more points than apply to him, so what a cap leaves unclear ends there.
  return [low, lesser(one, high)];
}

/**
 * The extreme of (points + chosen points) ÷ (max + chosen max): choosing what lies beyond the ratio so far, the furthest
 * first, moves it furthest (each mediant lies between its parts).
 */
function extreme(points: Exact, max: Exact, parts: readonly (readonly [Exact, Exact])[], direction: 1 | -1): Exact {
  const weightless = parts.filter((part) => isZero(part[1])).map((part) => part[0]);
  const sorted = parts
    .filter((part) => part[1].n !== 0n)
    .map(([given, of]) => ({ given, of, rate: divide(given, of) }))
    .sort((one, other) => direction * compare(other.rate, one.rate));
  let [sum, all] = [weightless.reduce(add, points), max];
  for (const { given, of, rate } of sorted) {
    if (all.n !== 0n && compare(rate, divide(sum, all)) * direction <= 0) break;
    sum = add(sum, given);
    all = add(all, of);
  }
  if (isZero(all)) return compare(sum, zero) > 0 ? one : zero;
  return divide(sum, all);
}

/** A branch whose points go through a rule that never turns two of them round: cap, floor, rounding, conversion. */
export function mapped(tally: Tally, rule: (points: Exact) => Exact, whole: (max: Exact) => Exact): Tally {
  const on = (max: Exact | null): Exact | null => max && whole(max);
  // A branch of which perhaps nothing applies may give nothing at all, and then no floor lifts it.
  const isSure = tally.optional.length === 0 || (tally.sure !== null && !isZero(tally.sure));
  const least = rule(tally.least);
  return {
    ...tally,
    points: rule(tally.points),
    least: isSure ? least : lesser(tally.least, least),
    most: tally.most && rule(tally.most),
    max: on(tally.max),
    whole: on(tally.whole),
    sure: on(tally.sure),
    // What may or may not apply can be cut away by a cap: its lower end is then nothing.
    optional: tally.optional.map((one) => ({ ...one, least: lesser(zero, one.least), leastMax: one.leastMax && zero })),
  };
}

/** One, made once. */
export const one: Exact = exact(1);
