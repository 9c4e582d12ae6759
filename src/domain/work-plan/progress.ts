import type { Day } from '#domain/kit/school-year.ts';
import type { WorkItemState } from './plan.ts';

/** How far one unit has come with what one tie of an item counts. */
export interface Count {
  readonly done: number;
  readonly total: number;
  readonly lastDay: Day | null;
}

/**
 * How an item stands. An item that is tied to work of the system is `done` when all is done that its ties count; nobody
 * types that. Where the person may not see a tie's work, or it has not begun, nothing is said of it: never 0 of 0.
 */
export type ItemStanding = 'withdrawn' | 'done' | 'under-way' | 'waiting' | 'overdue' | 'unknown';

export const itemStandingTitles: Readonly<Record<ItemStanding, string>> = {
  withdrawn: '已撤出',
  done: '已完成',
  'under-way': '推进中',
  waiting: '未开始',
  overdue: '已逾期',
  unknown: '看不到进度',
};

interface Standing {
  readonly state: WorkItemState;
  /** The last day by which it is to be done. */
  readonly toDay: Day | null;
  /** What its ties count; null for a tie that the person may not see. */
  readonly counts: readonly (Count | null)[];
  /** Whether notes tell of it. */
  readonly noted: boolean;
}

/** The sum over the ties that the person may see; null where there is none, or nothing to count. */
export function sumOf(counts: readonly (Count | null)[]): Count | null {
  const seen = counts.filter((count) => count !== null && count.total > 0) as Count[];
  if (seen.length === 0) return null;
  const days = seen.flatMap(({ lastDay }) => lastDay ?? []).sort();
  return {
    done: seen.reduce((sum, { done }) => sum + done, 0),
    total: seen.reduce((sum, { total }) => sum + total, 0),
    lastDay: days.at(-1) ?? null,
  };
}

/** How an item stands on a day, by its counts, its days, and what was typed where nothing counts it. */
export function standingOf({ state, toDay, counts, noted }: Standing, today: Day): ItemStanding {
  if (state === 'withdrawn') return 'withdrawn';
  const sum = sumOf(counts);
  const hidden = counts.includes(null);
  if (counts.length === 0 ? state === 'settled' : !hidden && sum !== null && sum.done >= sum.total) return 'done';
  if (hidden && sum === null) return 'unknown';
  if (toDay !== null && toDay < today) return 'overdue';
  return (sum !== null && sum.done > 0) || noted ? 'under-way' : 'waiting';
}
