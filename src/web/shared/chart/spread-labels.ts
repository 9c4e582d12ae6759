/** Labels that touch: they stand one below the other, as near to their places as all of them together can. */
interface Block {
  readonly labels: readonly number[];
  /** The place of the first one. */
  readonly from: number;
}

/**
 * Moves labels apart so that each has its own line: in their order, at least `gap` from each other, around their places as
 * far as the room allows.
 * @param places where the labels belong, in pixels, in any order
 * @param room the first and the last place that a label may take
 * @returns a place for each label, in the order given
 */
export function spreadLabels(places: readonly number[], gap: number, room: readonly [number, number]): number[] {
  const order = places.map((_, at) => at).sort((one, other) => places[one]! - places[other]!);
  const blockOf = (labels: readonly number[]): Block => {
    const middle = labels.reduce((sum, at, line) => sum + places[at]! - line * gap, 0) / labels.length;
    const last = Math.max(room[0], room[1] - (labels.length - 1) * gap);
    return { labels, from: Math.min(Math.max(middle, room[0]), last) };
  };
  const blocks: Block[] = [];
  for (const at of order) {
    let block = blockOf([at]);
    for (;;) {
      const before = blocks.at(-1);
      if (!before || before.from + before.labels.length * gap <= block.from) break;
      blocks.pop();
      block = blockOf([...before.labels, ...block.labels]);
    }
    blocks.push(block);
  }
  const placed = [...places];
  for (const { labels, from } of blocks) {
    for (const [line, at] of labels.entries()) placed[at] = from + line * gap;
  }
  return placed;
}
