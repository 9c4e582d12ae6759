import { type Alignment, align, type Sizes, sizesOf } from './alignment.ts';
import type { Luminance } from './luminance.ts';
import type { PicturePrint } from './picture-print.ts';

/** Pixels of a side of the pieces that are compared one by one. */
const piece = 8;
/** The standard deviation of brightness above which there is something on a piece. */
const leastRelief = 3;
/** Pieces with something on them, below which a picture says too little. */
const leastPieces = 12;
/** The correlation from which two pieces show the same. */
const sameFrom = 0.95;

/** A print made ready to be compared. */
export type PictureView = Sizes;

/** Makes a print ready to be compared; whoever compares it with many does so once. */
export function pictureView(print: PicturePrint): PictureView {
  return sizesOf(softened(print));
}

/**
 * How much of two pictures is the same, piece by piece where they lie over each other: 1 is the same picture, however it was
 * saved, scaled, brightened or cut by a twentieth. Two sheets of one form agree in the form and differ in each piece that
 * was filled in, so the share of agreeing pieces tells them from copies where the whole looks the same.
 * @returns the share of pieces that agree of those on which there is something, 0 to 1; 0 where the pictures do not lie over
 *   each other, and null where there is too little on both
 */
export function pictureLikeness(one: PictureView, other: PictureView): number | null {
  const alignment = align(one, other);
  return alignment === null ? 0 : agreement(one.at(-1)!, other.at(-1)!, alignment);
}

/** The picture with each pixel mixed with its neighbours: what a grid of pixels made of an edge then weighs less. */
function softened({ width, height, shades }: PicturePrint): Luminance {
  const rows = new Float32Array(shades.length);
  for (let y = 0; y < height; y += 1) {
    const from = y * width;
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [shades[from + Math.max(0, x - 1)]!, shades[from + Math.min(width - 1, x + 1)]!];
      rows[from + x] = (left + 2 * shades[from + x]! + right) / 4;
    }
  }
  const values = new Float32Array(shades.length);
  for (let y = 0; y < height; y += 1) {
    const [above, below] = [Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x += 1) {
      values[y * width + x] = (rows[above + x]! + 2 * rows[y * width + x]! + rows[below + x]!) / 4;
    }
  }
  return { width, height, values };
}

function agreement(one: Luminance, other: Luminance, alignment: Alignment): number | null {
  const laid = laidOver(one, other, alignment);
  let something = 0;
  let same = 0;
  for (let top = 0; top + piece <= other.height; top += piece) {
    for (let left = 0; left + piece <= other.width; left += piece) {
      const found = compare(laid, other, left, top);
      if (found === null) continue;
      something += 1;
      if (found) same += 1;
    }
  }
  return something < leastPieces ? null : same / something;
}

/** The one picture in the pixels of the other; NaN where it does not reach. */
function laidOver(one: Luminance, other: Luminance, { across, down, gain, lift }: Alignment): Float32Array {
  const laid = new Float32Array(other.width * other.height).fill(Number.NaN);
  for (let y = 0; y < other.height; y += 1) {
    const at = (down[0] + (down[1] * (y + 0.5)) / other.height) * one.height - 0.5;
    const row = Math.floor(at);
    if (row < 0 || row >= one.height - 1) continue;
    const dy = at - row;
    for (let x = 0; x < other.width; x += 1) {
      const place = (across[0] + (across[1] * (x + 0.5)) / other.width) * one.width - 0.5;
      const column = Math.floor(place);
      if (column < 0 || column >= one.width - 1) continue;
      const dx = place - column;
      const corner = row * one.width + column;
      const upper = one.values[corner]! * (1 - dx) + one.values[corner + 1]! * dx;
      const lower = one.values[corner + one.width]! * (1 - dx) + one.values[corner + one.width + 1]! * dx;
      laid[y * other.width + x] = (upper * (1 - dy) + lower * dy) * gain + lift;
    }
  }
  return laid;
}

/** Whether a piece shows the same on both; null where there is nothing on it, or where only one reaches. */
function compare(laid: Float32Array, { width, values }: Luminance, left: number, top: number): boolean | null {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + piece; y += 1) {
    for (let x = left; x < left + piece; x += 1) {
      const a = laid[y * width + x]!;
      if (Number.isNaN(a)) return null;
      const b = values[y * width + x]!;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const count = piece * piece;
  const varianceA = Math.max(0, sumAA / count - (sumA / count) ** 2);
  const varianceB = Math.max(0, sumBB / count - (sumB / count) ** 2);
  if (Math.max(varianceA, varianceB) < leastRelief ** 2) return null;
  if (Math.min(varianceA, varianceB) === 0) return false;
  return (sumAB / count - (sumA * sumB) / count ** 2) / Math.sqrt(varianceA * varianceB) >= sameFrom;
}
