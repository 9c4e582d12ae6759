import { type Luminance, resampled, wholeFrame } from './luminance.ts';

/**
 * Where a place of one picture lies in the other: `across[0] + across[1] * x`, `down[0] + down[1] * y`, all as shares of the
 * width and the height. `gain` and `lift` turn the brightness of the one into that of the other.
 */
export interface Alignment {
  readonly across: Line;
  readonly down: Line;
  readonly gain: number;
  readonly lift: number;
}

type Line = readonly [offset: number, scale: number];

/** How much may have been cut off at one side, with some room for rounding. */
const mostCut = 0.075;
/** Sides of the sizes in which two pictures are laid over each other, coarse to fine; 0 is the full size. */
const sizes = [20, 48, 96, 0] as const;
/** Steps of least squares in each size. */
const rounds = [6, 4, 3, 2] as const;
/** Correlation in the small sizes below which two pictures are certainly different: what follows would only take its time. */
const leastCorrelation = [0.6, 0.8] as const;

const cuts = [-0.05, 0, 0.05] as const;
/** The edges of one picture within the other: cut at none, one or both ends, or the other way round. */
const starts = cuts.flatMap((begin) => cuts.map((end): [number, number] => [begin, 1 + end - begin]));

/** A picture in the sizes in which it is laid over others, the full size last. */
export type Sizes = readonly Luminance[];

/** Makes the sizes of a picture; whoever compares it with many makes them once. */
export function sizesOf(picture: Luminance): Sizes {
  return sizes.map((side) => (side === 0 ? picture : resampled(picture, wholeFrame, side, side)));
}

/**
 * Lays one picture over the other, where one may be the other with up to a twentieth cut off at each side, in another size
 * and another brightness: the best of some beginnings, made finer by steps of least squares. After B. D. Lucas, T. Kanade,
 * An Iterative Image Registration Technique, IJCAI 1981.
 * @returns null where the pictures do not lie over each other in any such way
 */
export function align(one: Sizes, other: Sizes): Alignment | null {
  let best: Alignment | null = null;
  let most: number = leastCorrelation[0];
  for (const across of starts) {
    for (const down of starts) {
      const { correlation, gain, lift } = correlate(one[0]!, other[0]!, across, down);
      if (correlation <= most) continue;
      most = correlation;
      best = { across, down, gain, lift };
    }
  }
  if (best === null) return null;
  let found: Alignment = best;
  for (const [at, from] of one.entries()) {
    const to = other[at]!;
    for (let round = 0; round < rounds[at]!; round += 1) {
      const next = refined(from, to, found);
      if (next === null) return null;
      found = next;
    }
    const least = leastCorrelation[at];
    if (least !== undefined && correlate(from, to, found.across, found.down).correlation < least) return null;
  }
  return isPossible(found) ? found : null;
}

function isPossible({ across, down, gain }: Alignment): boolean {
  return gain > 0.4 && gain < 2.5 && [across, down].every(isNear);
}

const isNear = ([offset, scale]: Line) => Math.abs(offset) <= mostCut && Math.abs(offset + scale - 1) <= mostCut;

/** How alike two pictures are where they lie over each other so: from −1 to 1, by whole pixels. */
function correlate(one: Luminance, other: Luminance, across: Line, down: Line) {
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < other.height; y += 1) {
    const row = Math.floor((down[0] + (down[1] * (y + 0.5)) / other.height) * one.height);
    if (row < 0 || row >= one.height) continue;
    for (let x = 0; x < other.width; x += 1) {
      const column = Math.floor((across[0] + (across[1] * (x + 0.5)) / other.width) * one.width);
      if (column < 0 || column >= one.width) continue;
      const a = one.values[row * one.width + column]!;
      const b = other.values[y * other.width + x]!;
      count += 1;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const varianceA = sumAA / count - (sumA / count) ** 2;
  const varianceB = sumBB / count - (sumB / count) ** 2;
  const together = sumAB / count - (sumA * sumB) / count ** 2;
  const gain = varianceA === 0 ? 1 : together / varianceA;
  const correlation = varianceA === 0 || varianceB === 0 ? 0 : together / Math.sqrt(varianceA * varianceB);
  return { correlation, gain, lift: (sumB - gain * sumA) / count };
}

/** One step of least squares for place, scale and brightness; null where the pictures give no hold. */
function refined(one: Luminance, other: Luminance, from: Alignment): Alignment | null {
  const { across, down, gain, lift } = from;
  // The upper half of the six equations, in the order offset and scale across, offset and scale down, gain, lift.
  const normal = new Float64Array(36);
  const right = new Float64Array(6);
  const { width, height, values } = one;
  for (let y = 0; y < other.height; y += 1) {
    const v = (y + 0.5) / other.height;
    const at = (down[0] + down[1] * v) * height - 0.5;
    const row = Math.floor(at);
    if (row < 0 || row >= height - 1) continue;
    const dy = at - row;
    // Sums of a row: `xx` is the square of the slope across, `u` the place across, `s` the shade, `r` what is left over.
    let [n, s, ss, x, xu, xx, xxu, xxuu, xs, xsu] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let [w, ww, xw, xwu, ws, r, sr, xr, xur, wr] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let column = 0; column < other.width; column += 1) {
      const u = (column + 0.5) / other.width;
      const place = (across[0] + across[1] * u) * width - 0.5;
      const left = Math.floor(place);
      if (left < 0 || left >= width - 1) continue;
      const dx = place - left;
      const corner = row * width + left;
      const a = values[corner]!;
      const b = values[corner + 1]!;
      const c = values[corner + width]!;
      const d = values[corner + width + 1]!;
      const shade = (a + (b - a) * dx) * (1 - dy) + (c + (d - c) * dx) * dy;
      const slopeX = ((b - a) * (1 - dy) + (d - c) * dy) * width * gain;
      const slopeY = ((c - a) * (1 - dx) + (d - b) * dx) * height * gain;
      const rest = other.values[y * other.width + column]! - (gain * shade + lift);
      n += 1;
      s += shade;
      ss += shade * shade;
      x += slopeX;
      xu += slopeX * u;
      xx += slopeX * slopeX;
      xxu += slopeX * slopeX * u;
      xxuu += slopeX * slopeX * u * u;
      xs += slopeX * shade;
      xsu += slopeX * shade * u;
      w += slopeY;
      ww += slopeY * slopeY;
      xw += slopeX * slopeY;
      xwu += slopeX * slopeY * u;
      ws += slopeY * shade;
      r += rest;
      sr += shade * rest;
      xr += slopeX * rest;
      xur += slopeX * u * rest;
      wr += slopeY * rest;
    }
    const ofRow = [
      ...[xx, xxu, xw, xw * v, xs, x],
      ...[0, xxuu, xwu, xwu * v, xsu, xu],
      ...[0, 0, ww, ww * v, ws, w],
      ...[0, 0, 0, ww * v * v, ws * v, w * v],
      ...[0, 0, 0, 0, ss, s],
      ...[0, 0, 0, 0, 0, n],
    ];
    for (let index = 0; index < 36; index += 1) normal[index]! += ofRow[index]!;
    for (const [index, value] of [xr, xur, wr, wr * v, sr, r].entries()) right[index]! += value;
  }
  const step = solved(normal, right);
  if (step === null) return null;
  const next: Alignment = {
    across: [across[0] + step[0]!, across[1] + step[1]!],
    down: [down[0] + step[2]!, down[1] + step[3]!],
    gain: gain + step[4]!,
    lift: lift + step[5]!,
  };
  // A step out of all bounds was a step into nothing: the next size may still find its way from here.
  return [next.across, next.down].every(isWithin) && next.gain > 0 ? next : from;
}

const isWithin = ([offset, scale]: Line) =>
  Math.abs(offset) < 2 * mostCut && Math.abs(offset + scale - 1) < 2 * mostCut;

/** Solves a symmetric system of six equations, of which the upper half is given. */
function solved(upper: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  const rows = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size + 1 }, (_, j) =>
      j === size ? right[i]! : upper[Math.min(i, j) * size + Math.max(i, j)]! * (i === j ? 1 + 1e-9 : 1),
    ),
  );
  for (let i = 0; i < size; i += 1) {
    const pivot = rows[i]![i]!;
    if (!(pivot > 1e-9)) return null;
    for (let below = i + 1; below < size; below += 1) {
      const factor = rows[below]![i]! / pivot;
      for (let j = i; j <= size; j += 1) rows[below]![j]! -= factor * rows[i]![j]!;
    }
  }
  const result = new Float64Array(size);
  for (let i = size - 1; i >= 0; i -= 1) {
    let rest = rows[i]![size]!;
    for (let j = i + 1; j < size; j += 1) rest -= rows[i]![j]! * result[j]!;
    result[i] = rest / rows[i]![i]!;
  }
  return result;
}
