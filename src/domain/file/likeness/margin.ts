import type { Luminance } from './luminance.ts';

/** How far from the shade of the margin a pixel may be: a margin is drawn and not taken, saving alone adds to it. */
const even = 6;
/** The share of pixels of a row that may be further: dust. */
const dust = 0.005;
/** The share of width and height that must remain, and below which of both the margin is worth a second print. */
const [least, most] = [0.25, 0.94];

/**
 * A picture without the even margin around it: a photo on a page, a screenshot on a white sheet.
 * @returns null where there is no such margin, or hardly anything within it
 */
export function withoutMargin(picture: Luminance): Luminance | null {
  const { width, height, values } = picture;
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map((at) => values[at]!);
  const shade = corners.reduce((sum, corner) => sum + corner, 0) / 4;
  if (corners.some((corner) => Math.abs(corner - shade) > even)) return null;
  const isEven = (from: number, step: number, count: number): boolean => {
    let far = 0;
    for (let at = 0; at < count; at += 1) if (Math.abs(values[from + at * step]! - shade) > even) far += 1;
    return far <= count * dust;
  };
  const [rowIsEven, columnIsEven] = [
    (row: number) => isEven(row * width, 1, width),
    (column: number) => isEven(column, width, height),
  ];
  let [left, right, top, bottom] = [0, width, 0, height];
  while (top < bottom && rowIsEven(top)) top += 1;
  while (bottom > top && rowIsEven(bottom - 1)) bottom -= 1;
  while (left < right && columnIsEven(left)) left += 1;
  while (right > left && columnIsEven(right - 1)) right -= 1;
  const [inWidth, inHeight] = [right - left, bottom - top];
  if (inWidth < width * least || inHeight < height * least) return null;
  if (inWidth > width * most && inHeight > height * most) return null;
  const inner = new Uint8Array(inWidth * inHeight);
  for (let row = 0; row < inHeight; row += 1) {
    const from = (top + row) * width + left;
    inner.set(values.subarray(from, from + inWidth), row * inWidth);
  }
  return { width: inWidth, height: inHeight, values: inner };
}
