/**
 * Orders the items so that each comes after those for which it waits; otherwise they keep their order.
 * @throws Error if items wait for each other
 */
export function inOrder<Item>(items: readonly Item[], waits: (item: Item, other: Item) => boolean): Item[] {
  const left = [...items];
  const ordered: Item[] = [];
  while (left.length > 0) {
    const next = left.findIndex((item) => !left.some((other) => other !== item && waits(item, other)));
    if (next < 0) throw new Error('parts of the sample wait for each other');
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}
