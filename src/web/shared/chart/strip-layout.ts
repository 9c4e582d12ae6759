import { axisEnd, linear } from '#domain/plot/scale.ts';
import { type SwarmDot, swarm } from '#domain/plot/swarm.ts';

export interface StripDot {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  /** The number of pupils, drawn as the area of the dot. */
  readonly weight: number;
  /** Its side of the threshold and the floor, as the exact comparison decided; a nameless dot has only its value. */
  readonly standing?: Standing;
}

type Standing = 'holds' | 'look' | 'fails';

/** A dot with its place: `y` is the distance from the middle line. */
export interface PlacedDot extends StripDot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly tone: Standing;
  readonly beyond: boolean;
}

/** White space at both ends, so that the outermost dots are drawn whole. */
export const side = 12;
/** The greatest height of a swarm; a less crowded one takes less. */
const tallest = 132;

interface PlaceOptions {
  dots: readonly StripDot[];
  weighted: boolean;
  mean: number | null;
  threshold: number | null;
  floor: number | null;
  width: number;
}

/** The place of every dot, ordered by value, and the height that the figure needs. */
export function placeDots({ dots, weighted, mean, threshold, floor, width }: PlaceOptions) {
  const end = axisEnd(
    dots.map((dot) => dot.value),
    [mean, threshold].filter((value) => value !== null),
  );
  const scale = linear([0, end], [side, width - side]);
  const heaviest = Math.max(1, ...dots.map((dot) => dot.weight));
  const widest = Math.min(11, Math.max(6, width / 70));
  const room = tallest / 2 - 3;
  const sized = (largest: number) =>
    dots.map((dot) => {
      const beyond = dot.value > end;
      const area = Math.sqrt(Math.max(0, dot.weight) / heaviest);
      return {
        ...dot,
        beyond,
        x: beyond ? width - side : scale(dot.value),
        radius: weighted ? Math.max(1.8, area * largest) : largest * 0.42,
        tone: toneOf(dot, threshold, floor),
      };
    });
  const spread = (of: readonly SwarmDot[], heights: readonly number[]) =>
    Math.max(0, ...of.map((dot, index) => Math.abs(heights[index] ?? 0) + dot.radius));
  // All dots shrink alike until the most crowded place fits, but only as far as they remain distinguishable.
  const sizes = [1, 0.85, 0.7, 0.58].slice(dots.length > 60 ? 2 : 0);
  let raw = sized(widest);
  let heights: number[] = [];
  for (const size of sizes) {
    raw = sized(widest * size);
    heights = swarm(raw, Number.POSITIVE_INFINITY);
    if (spread(raw, heights) <= room) break;
  }
  if (spread(raw, heights) > room) heights = swarm(raw, room);
  const extent = spread(raw, heights);
  const placed: PlacedDot[] = raw
    .map((dot, index) => ({ ...dot, y: heights[index] ?? 0 }))
    .sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1));
  return { placed, scale, end, plotHeight: Math.max(64, Math.min(tallest, Math.ceil(extent * 2 + 8))) };
}

function toneOf({ value, standing }: StripDot, threshold: number | null, floor: number | null): Standing {
  if (threshold !== null && standing !== undefined) return standing;
  if (threshold === null || value >= threshold) return 'holds';
  return floor !== null && value >= floor ? 'look' : 'fails';
}
