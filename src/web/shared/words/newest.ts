/** What to say beside a list of which a reply carries the newest `most` entries; undefined where it has fewer. */
export function onlyNewest(list: readonly unknown[], most: number, rest: string): string | undefined {
  return list.length < most ? undefined : `只列最近 ${most} 条，${rest}`;
}
