/** Seeded randomness. It is passed to every function that draws, so that every draw can be replayed from its seed. */
export interface Generator {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform whole number, both ends included. */
  integer(from: number, to: number): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Normal distribution. */
  normal(mean: number, deviation: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A new list in random order. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent generator for a named part, so that adding a draw in one part leaves the others as they were. */
  fork(name: string): Generator;
}

/** The same seed gives the same sequence on every machine (sfc32 by Chris Doty-Humphrey, seeded through xmur3). */
export function generator(seed: string): Generator {
  const word = seedWords(seed);
  let a = word();
  let b = word();
  let c = word();
  let counter = word();

  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return (result >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i += 1) next();

  const self: Generator = {
    next,
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    between: (from, to) => from + next() * (to - from),
    // 1 − next() is never 0, so the logarithm is finite (Box and Muller).
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[Math.floor(next() * list.length)]!;
    },
    shuffle: (list) => {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = Math.floor(next() * (i + 1));
        [result[i], result[j]] = [result[j]!, result[i]!];
      }
      return result;
    },
    fork: (name) => generator(`${seed}\u0000${name}`),
  };
  return self;
}

function seedWords(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3_432_918_353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
    hash ^= hash >>> 16;
    return hash >>> 0;
  };
}
