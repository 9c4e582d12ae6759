/**
 * Moves labels apart so that each has its own line: in their order, at least `gap` from each other, as near to their places
 * as the room allows.
 * @param places where the labels belong, in pixels, in any order
 * @param room the first and the last place that a label may take
 * @returns a place for each label, in the order given
 */
export function spreadLabels(places: readonly number[], gap: number, room: readonly [number, number]): number[] {
  const order = places.map((_, at) => at).sort((one, other) => places[one]! - places[other]!);
  const placed = [...places];
  let last = room[0] - gap;
  for (const at of order) {
    placed[at] = Math.max(placed[at]!, last + gap);
    last = placed[at];
  }
  // What was pushed out at the end moves back, and pushes those before it.
  let next = Math.max(room[1], room[0] + (order.length - 1) * gap) + gap;
  for (const at of order.toReversed()) {
    placed[at] = Math.min(placed[at]!, next - gap);
    next = placed[at];
  }
  return placed;
}
