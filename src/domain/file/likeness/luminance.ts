/** The brightness of a picture, row by row from the upper left corner: 0 is black, 255 is white. */
export interface Luminance {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Float32Array;
}

/** A part of a picture, as shares of its width and height: 0 to 1. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const wholeFrame: Frame = { left: 0, top: 0, right: 1, bottom: 1 };

/**
 * A part of a picture in another size: each new pixel is a mean of what lies below and around it, by nearness. Two sizes of
 * one picture agree then, where means of what lies below alone would draw a thin line here dark and there pale.
 * @param width,height pixels of the result
 * @returns the same brightness from 0 to 255, with fractions
 */
export function resampled(picture: Luminance, frame: Frame, width: number, height: number): Luminance {
  const across = coverage(frame.left * picture.width, frame.right * picture.width, width, picture.width);
  const down = coverage(frame.top * picture.height, frame.bottom * picture.height, height, picture.height);
  const [firstRow, lastRow] = [down[0]!.first, down[height - 1]!.last];
  const narrow = new Float32Array((lastRow - firstRow + 1) * width);
  for (let row = firstRow; row <= lastRow; row += 1) {
    const from = row * picture.width;
    const to = (row - firstRow) * width;
    for (let x = 0; x < width; x += 1) {
      const { first, last, shares } = across[x]!;
      let sum = 0;
      for (let at = first; at <= last; at += 1) sum += picture.values[from + at]! * shares[at - first]!;
      narrow[to + x] = sum;
    }
  }
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const { first, last, shares } = down[y]!;
    for (let row = first; row <= last; row += 1) {
      const share = shares[row - first]!;
      const from = (row - firstRow) * width;
      for (let x = 0; x < width; x += 1) values[y * width + x]! += narrow[from + x]! * share;
    }
  }
  return { width, height, values };
}

interface Covered {
  readonly first: number;
  readonly last: number;
  /** The shares of the pixels from `first` to `last`; their sum is 1. */
  readonly shares: Float32Array;
}

/** Which of `size` pixels lie below and around each of `count` equal parts between two places. */
function coverage(from: number, to: number, count: number, size: number): Covered[] {
  const step = (to - from) / count;
  const reach = Math.max(step, 1);
  return Array.from({ length: count }, (_, at) => {
    const centre = from + (at + 0.5) * step - 0.5;
    const first = Math.min(size - 1, Math.max(0, Math.ceil(centre - reach)));
    const last = Math.min(size - 1, Math.max(first, Math.floor(centre + reach)));
    const shares = new Float32Array(last - first + 1);
    let sum = 0;
    for (let pixel = first; pixel <= last; pixel += 1) {
      const share = Math.max(0, 1 - Math.abs(pixel - centre) / reach);
      shares[pixel - first] = share;
      sum += share;
    }
    return sum === 0
      ? { first, last: first, shares: Float32Array.of(1) }
      : { first, last, shares: shares.map((share) => share / sum) };
  });
}
