import { generator } from '#domain/kit/generator.ts';

/** How a draw was made. Another way of drawing gets another version, so that an old draw can be repeated. */
export const drawVersion = 'sha256-rank-1';

/** The method of older records: a shuffle of the whole frame by a generator that the digest of the frame seeds too. */
const shuffled = 'sfc32-shuffle-1';

/** SHA-256 in hexadecimal of a text in UTF-8. */
export type Digest = (text: string) => string;

/** A frame in the order in which its digest and the draw read it: the ids as texts, each once, by their characters. */
export function canonicalFrame(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

/**
 * How many of a frame are drawn: the share, rounded up, and at least one where there is anything.
 * @param one of how many: 10 for a tenth
 */
export function drawSize(frameSize: number, one: number): number {
  return Math.ceil(frameSize / one);
}

/**
 * A random sample without replacement, in the order in which it was drawn. The same frame and seed give the same sample on
 * every machine: whoever has the record can repeat it.
 *
 * Each id has a rank, the SHA-256 of `seed id` (the seed, one blank, the id), and those with the lowest ranks are drawn. So
 * it hangs on the finding and the seed alone whether it comes before another: who moves the days of a frame adds and drops
 * findings at its ends, and draws no new lot for the others. By a shuffle of the frame one finding more would give another
 * sample, and days could be tried until the sample pleases.
 * @param frame in any order
 * @param given.algorithm the method that the record of the draw names
 * @param given.frameHash the digest of the frame in its canonical order; only the shuffle of older records reads it
 * @param digest SHA-256, which the domain does not bring
 * @throws RangeError if more are wanted than there are
 * @throws Error where the method is not known
 */
export function drawSample(
  frame: readonly string[],
  given: {
    readonly algorithm: string;
    readonly seed: string;
    readonly frameHash: string;
    readonly size: number;
  },
  digest: Digest,
): string[] {
  const ordered = canonicalFrame(frame);
  if (given.size > ordered.length) throw new RangeError(`${given.size} of ${ordered.length} cannot be drawn`);
  return inOrder(ordered, given, digest).slice(0, given.size);
}

function inOrder(
  frame: readonly string[],
  { algorithm, seed, frameHash }: Parameters<typeof drawSample>[1],
  digest: Digest,
): string[] {
  if (algorithm === shuffled) return generator(`${shuffled}\u0000${seed}\u0000${frameHash}`).shuffle(frame);
  if (algorithm !== drawVersion) throw new Error(`a draw by “${algorithm}” cannot be repeated`);
  const ranks = frame.map((id) => ({ id, rank: digest(`${seed} ${id}`) }));
  return ranks.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ id }) => id);
}
