/** What an item is known by when its plan is read again. */
export interface ItemMark {
  readonly heading: string | null;
  readonly number: string | null;
  readonly text: string;
}

/**
 * Which of the present items each newly read one is, so that items keep their ids and what hangs on them when a plan is
 * pasted again: the one with the same text; otherwise the one at the same place of the same point. Null for a new item.
 * No present item is taken twice.
 */
export function keptIds(
  fresh: readonly ItemMark[],
  present: ReadonlyArray<ItemMark & { readonly id: string }>,
): (string | null)[] {
  const left = new Map(present.map((item) => [item.id, item]));
  const take = (fits: (item: ItemMark & { readonly id: string }) => boolean) => {
    const found = [...left.values()].find(fits);
    if (found) left.delete(found.id);
    return found?.id ?? null;
  };
  const byText = fresh.map(({ text }) => take((item) => item.text === text));
  const placeOf = placesOf(present);
  const places = [...placesOf(fresh).values()];
  return byText.map((id, at) => id ?? take((item) => placeOf.get(item) === places[at]));
}

/** The place of each item: its heading, its point, and which task of the point it is. */
function placesOf<Item extends ItemMark>(items: readonly Item[]): Map<Item, string> {
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const point = item.number === null ? `${item.heading}` : `${item.number}`;
      const nth = (counts.get(point) ?? 0) + 1;
      counts.set(point, nth);
      return [item, `${item.number === null}|${point}|${nth}`];
    }),
  );
}
