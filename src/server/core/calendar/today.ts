import type pg from 'pg';
import { addDays, type Day, dayInChina } from '#domain/kit/school-year.ts';
import { type Lease, withLease } from '#platform/db/handle.ts';
import { getDayOffset } from './today.store.ts';

/** The day from which deadlines and work are counted. Access, tokens and sessions use the real clock. */
export interface Today {
  today(): Day;
  /** Reads the setting again after a notification that settings have changed. */
  refresh(): Promise<void>;
}

export interface TodayOptions {
  readonly pool: pg.Pool;
  readonly now: () => Date;
  /** Where the setting is read for the first time, if not from `pool`. */
  readonly first?: pg.Pool | undefined;
}

/** China's calendar day. In a sample it is shifted by a fixed number of days, so that it advances with the real one. */
export async function openToday({ pool, now, first = pool }: TodayOptions): Promise<Today> {
  let offset = await withLease(first, getDayOffset);
  return {
    today: () => addDays(dayInChina(now()), offset),
    async refresh() {
      offset = await withLease(pool, getDayOffset);
    },
  };
}

/** The same for a start, which asks once. */
export async function readToday(held: Lease, now: Date): Promise<Day> {
  return addDays(dayInChina(now), await getDayOffset(held));
}
