import { joinedTasks } from '#domain/work-plan/tasks.ts';
import type { DraftItem } from './useDraftSaving.ts';

/** Reads the text of an item again: what it says of counties, offices and days. */
type Reading = (item: DraftItem, text: string) => DraftItem;

/**
 * The items with one of them split where the cursor stands. The first part keeps the id and what it is counted by; both
 * are read again. At the ends of the text there is nothing to split.
 */
export function splitAt(
  items: readonly DraftItem[],
  at: number,
  cursor: number,
  key: string,
  read: Reading,
): readonly DraftItem[] {
  const item = items[at];
  const [before, after] = [item?.text.slice(0, cursor).trim(), item?.text.slice(cursor).trim()];
  if (!item || !before || !after) return items;
  const second = { ...read(item, after), id: null, key, ties: [] };
  return [...items.slice(0, at), read(item, before), second, ...items.slice(at + 1)];
}

/** The items with one of them joined to the one before, which keeps its id; whatever either is counted by stays. */
export function joinedWith(items: readonly DraftItem[], at: number, read: Reading): readonly DraftItem[] {
  const [before, item] = [items[at - 1], items[at]];
  if (!before || !item) return items;
  const isNew = ({ kind, year }: DraftItem['ties'][number]) =>
    !before.ties.some((tie) => tie.kind === kind && tie.year === year);
  const joined = read(before, joinedTasks([before.text, item.text]));
  const one = { ...joined, ties: [...before.ties, ...item.ties.filter(isNew)] };
  return [...items.slice(0, at - 1), one, ...items.slice(at + 1)];
}
