import { type Luminance, resampled, wholeFrame } from './luminance.ts';

/**
 * The print of a picture: its brightness in a small size, from which everything else about its likeness is derived. It has
 * no colour, because copies through a scanner or a messenger lose it first.
 */
export interface PicturePrint {
  /** Pixels; the longer side has `printSide`. */
  readonly width: number;
  readonly height: number;
  readonly shades: Uint8Array;
}

/** Pixels of the longer side of a print. A line of text on a page of A4 is then a line of its own. */
export const printSide = 160;
/** Pixels of the shorter side of a print: a strip that is narrower has no print. */
const leastSide = 24;
/** Pixels of the longer side of a picture that has a print: below are icons and rulings. */
const smallest = 96;
/** The least standard deviation of brightness: an empty sheet or a wall resembles every other one. */
const leastContrast = 4;

/**
 * The print of a picture.
 * @param picture in any size; 512 pixels on the longer side lose nothing
 * @returns null for a picture in which there is too little to be compared: too small, too narrow or blank
 */
export function picturePrint(picture: Luminance): PicturePrint | null {
  const longer = Math.max(picture.width, picture.height);
  if (longer < smallest) return null;
  const [width, height] = [picture.width, picture.height].map((side) => Math.round((side * printSide) / longer)) as [
    number,
    number,
  ];
  if (Math.min(width, height) < leastSide) return null;
  const { values } = resampled(picture, wholeFrame, width, height);
  if (deviation(values) < leastContrast) return null;
  return { width, height, shades: Uint8Array.from(values, Math.round) };
}

function deviation(values: Luminance['values']): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}

/** Another way of making prints gets another number: prints of two versions are not compared. */
const version = 1;

/** A print as bytes to be stored: version, width, height, then the shades row by row. */
export function picturePrintBytes({ width, height, shades }: PicturePrint): Uint8Array {
  const bytes = new Uint8Array(3 + shades.length);
  bytes.set([version, width, height]);
  bytes.set(shades, 3);
  return bytes;
}

/**
 * Reads what `picturePrintBytes` wrote.
 * @returns null for the print of another version, which must be made again
 * @throws RangeError for bytes that are no print
 */
export function readPicturePrint(bytes: Uint8Array): PicturePrint | null {
  const [found, width = 0, height = 0] = bytes;
  if (found !== version) return null;
  if (bytes.length !== 3 + width * height) throw new RangeError(`no print of a picture: ${bytes.length} bytes`);
  return { width, height, shades: bytes.subarray(3) };
}
