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

/**
 * The months of the board: the twelve of the school year, from September to August; after it the twelve that end with the
 * current one, because what was found in a year may stay open beyond it.
 */
export function boardMonths(schoolYear: number, current: Month): Month[] {
  const year = monthsOf(schoolYear);
  if (current <= year.at(-1)!) return year;
  const [ofYear = 0, month = 1] = current.split('-').map(Number);
  return Array.from({ length: 12 }, (_, at) => {
    const back = ofYear * 12 + month - 12 + at;
    return `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}`;
  });
}

/** The twelve months of a school year, from September to August. */
function monthsOf(schoolYear: number): Month[] {
  return Array.from({ length: 12 }, (_, at) => {
    const month = ((at + 8) % 12) + 1;
    return `${at < 4 ? schoolYear : schoolYear + 1}-${String(month).padStart(2, '0')}`;
  });
}
