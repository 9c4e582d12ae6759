import { areaWidth, recalledMeasures } from './measures.ts';
import { widthInCharacters } from './text-width.ts';

/** The red mark as it is set. */
export interface FittedMark {
  readonly lines: readonly string[];
  /** In points, by halves: Word knows no smaller steps. */
  readonly size: number;
}

/** Points that stay free, so that no program breaks the line for a rounding of its own. */
const spare = 1;

/**
 * Fits 发文机关标志 into the width of the area of type: the largest size at which it stands in one line. A name that would
 * come out smaller than the title is parted into lines of nearly equal length.
 */
export function fitMark(text: string): FittedMark {
  const { largest, smallest } = recalledMeasures.markSizes;
  const characters = [...text];
  for (let count = 1; ; count += 1) {
    const length = Math.ceil(characters.length / count);
    const lines = Array.from({ length: count }, (_, at) => characters.slice(at * length, (at + 1) * length).join(''));
    const widest = Math.max(...lines.map(widthInCharacters));
    const size = Math.min(largest, Math.floor(((areaWidth - spare) / widest) * 2) / 2);
    if (size >= smallest) return { lines, size };
  }
}
