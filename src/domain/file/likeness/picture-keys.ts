import { type Frame, type Luminance, resampled, wholeFrame } from './luminance.ts';
import type { PicturePrint } from './picture-print.ts';

/**
 * Frames of which the keys are taken: the whole, and what is left where up to a twentieth was cut off at some sides. The
 * cut copy of a picture is nearly one of the frames of its original, and the other way round.
 */
const frames: readonly Frame[] = [
  wholeFrame,
  ...[0.025, 0.05].map((cut) => ({ left: cut, top: cut, right: 1 - cut, bottom: 1 - cut })),
  ...[0.05].flatMap((cut) => [
    { ...wholeFrame, left: cut },
    { ...wholeFrame, right: 1 - cut },
    { ...wholeFrame, top: cut },
    { ...wholeFrame, bottom: 1 - cut },
    { ...wholeFrame, left: cut, top: cut },
    { ...wholeFrame, right: 1 - cut, top: cut },
    { ...wholeFrame, left: cut, bottom: 1 - cut },
    { ...wholeFrame, right: 1 - cut, bottom: 1 - cut },
  ]),
];

/** Pixels of the square to which a picture is pressed before frames are taken, and of the square to which a frame is. */
const wholeSquare = 64;
const square = 32;
/** Frequencies in each direction, the mean apart. */
const frequencies = 8;
/** Coefficients of a key, and how many keys a frame has. */
const bits = 20;
const bands = 3;
/** Doubtful bits of a key that are also tried the other way when something is looked for. */
const tried = 3;

/** cos(π(2x + 1)u / 2n) for each frequency u and each pixel x. */
const waves = Array.from({ length: frequencies }, (_, u) =>
  Float32Array.from({ length: square }, (_, x) => Math.cos((Math.PI * (2 * x + 1) * u) / (2 * square))),
);

/** The coefficients in the order of their frequency, lowest first: they survive most. */
const order = Array.from({ length: frequencies * frequencies }, (_, at) => at)
  .filter((at) => at > 0)
  .sort((one, other) => weight(one) - weight(other) || one - other)
  .slice(0, bits * bands);

function weight(at: number): number {
  return Math.floor(at / frequencies) + (at % frequencies);
}

const pressed = ({ shades, ...size }: PicturePrint): Luminance =>
  resampled({ ...size, values: shades }, wholeFrame, wholeSquare, wholeSquare);

/** The coefficients of the cosine transform of a frame that keys are made of, lowest frequency first. */
function coefficients(picture: Luminance, frame: Frame): Float32Array {
  const { values } = resampled(picture, frame, square, square);
  const rows = new Float32Array(square * frequencies);
  for (let y = 0; y < square; y += 1) {
    for (let u = 0; u < frequencies; u += 1) {
      let sum = 0;
      for (let x = 0; x < square; x += 1) sum += values[y * square + x]! * waves[u]![x]!;
      rows[y * frequencies + u] = sum;
    }
  }
  return Float32Array.from(order, (at) => {
    const [u, v] = [at % frequencies, Math.floor(at / frequencies)];
    let sum = 0;
    for (let y = 0; y < square; y += 1) sum += rows[y * frequencies + u]! * waves[v]![y]!;
    return sum;
  });
}

/** The signs of a band of coefficients as one number; the highest bits name the band. */
function keyOf(found: Float32Array, band: number): number {
  let key = band;
  for (let at = 0; at < bits; at += 1) key = (key << 1) | (found[band * bits + at]! > 0 ? 1 : 0);
  return key;
}

/**
 * The keys under which a picture is found: near-same pictures share at least one of them, other pictures hardly ever. Each
 * key is the signs of twenty low coefficients of the cosine transform of the picture or of one of its frames, an integer of
 * 22 bits. After C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010 (the hash by cosine
 * transform), and M. Norouzi, A. Punjani, D. J. Fleet, Fast Search in Hamming Space with Multi-Index Hashing, CVPR 2012
 * (signs in bands, each an index of its own).
 * @returns distinct whole numbers, in no order
 */
export function pictureKeys(print: PicturePrint): number[] {
  const picture = pressed(print);
  const keys = new Set<number>();
  for (const frame of frames) {
    const found = coefficients(picture, frame);
    for (let band = 0; band < bands; band += 1) keys.add(keyOf(found, band));
  }
  return [...keys];
}

/**
 * The keys to look for: those of the picture, and each of them with its most doubtful signs turned one at a time. After
 * Q. Lv, W. Josephson, Z. Wang, M. Charikar, K. Li, Multi-Probe LSH, VLDB 2007.
 * @returns distinct whole numbers, in no order
 */
export function pictureProbes(print: PicturePrint): number[] {
  const picture = pressed(print);
  const keys = new Set<number>();
  for (const frame of frames) {
    const found = coefficients(picture, frame);
    for (let band = 0; band < bands; band += 1) {
      const key = keyOf(found, band);
      keys.add(key);
      const doubtful = Array.from({ length: bits }, (_, at) => at).sort(
        (one, other) => Math.abs(found[band * bits + one]!) - Math.abs(found[band * bits + other]!),
      );
      for (const at of doubtful.slice(0, tried)) keys.add(key ^ (1 << (bits - 1 - at)));
    }
  }
  return [...keys];
}
