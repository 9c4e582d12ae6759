import { generator } from '#domain/kit/generator.ts';

/** The version of the order. Another way of drawing gets another version, so that an old draw can be repeated. */
export const drawVersion = 'sfc32-shuffle-1';

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
 * A random sample without replacement, in the order in which it was drawn. The same frame, digest and seed give the same
 * sample on every machine: whoever has the record can repeat it. The digest of the frame is a part of the seed, so that a
 * seed cannot be tried out on another frame.
 * @param frame in any order
 * @throws RangeError if more are wanted than there are
 */
export function drawSample(
  frame: readonly string[],
  given: { readonly seed: string; readonly frameHash: string; readonly size: number },
): string[] {
  const ordered = canonicalFrame(frame);
  if (given.size > ordered.length) throw new RangeError(`${given.size} of ${ordered.length} cannot be drawn`);
  return generator(`${drawVersion}\u0000${given.seed}\u0000${given.frameHash}`).shuffle(ordered).slice(0, given.size);
}
