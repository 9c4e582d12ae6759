/** A month of the calendar, `2026-03`. */
export type Month = string;

/** Findings of one unit that were found, fall due and were closed in the same months. */
export interface BoardGroup<Key> {
  readonly key: Key;
  readonly found: Month;
  /** Null while no day is set. */
  readonly due: Month | null;
  readonly closed: Month | null;
  /** Its day has passed today, and it is open. */
  readonly overdueNow: boolean;
  readonly count: number;
}

/** What stood at the end of a month (for the current one: stands now), and what happened in it. */
export interface BoardMonth {
  readonly month: Month;
  readonly open: number;
  readonly due: number;
  readonly overdue: number;
  readonly closed: number;
}

/**
 * The board: for each unit and month how many findings were open and overdue at its end, and how many fell due and were
 * closed in it.
 * @param months in order; months after `current` are not counted
 */
export function board<Key>(
  groups: readonly BoardGroup<Key>[],
  months: readonly Month[],
  current: Month,
): Map<Key, BoardMonth[]> {
  const byKey = new Map<Key, BoardGroup<Key>[]>();
  for (const group of groups) byKey.set(group.key, [...(byKey.get(group.key) ?? []), group]);
  return new Map(
    [...byKey].map(([key, own]) => {
      const sum = (applies: (group: BoardGroup<Key>) => boolean) =>
        own.reduce((total, group) => (applies(group) ? total + group.count : total), 0);
      const rows = months
        .filter((month) => month <= current)
        .map((month) => {
          const isOpen = (group: BoardGroup<Key>) =>
            group.found <= month && (group.closed === null || group.closed > month);
          return {
            month,
            open: sum(isOpen),
            due: sum((group) => group.due === month),
            overdue: sum((group) =>
              month === current ? group.overdueNow : isOpen(group) && group.due !== null && group.due <= month,
            ),
            closed: sum((group) => group.closed === month),
          };
        });
      return [key, rows];
    }),
  );
}

/** The twelve months of a school year, from September to August. */
export function monthsOf(schoolYear: number): Month[] {
  return Array.from({ length: 12 }, (_, at) => {
    const month = ((at + 8) % 12) + 1;
    return `${at < 4 ? schoolYear : schoolYear + 1}-${String(month).padStart(2, '0')}`;
  });
}
