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

/** China's calendar day. In a sample it is shifted by a fixed number of days, so that it advances with the real one. */
export async function openToday({ pool, now }: { pool: pg.Pool; now: () => Date }): Promise<Today> {
  const read = () => withLease(pool, getDayOffset);
  let offset = await read();
  return {
    today: () => addDays(dayInChina(now()), offset),
    async refresh() {
      offset = await read();
    },
  };
}

/** The same for a start, which asks once. */
export async function readToday(held: Lease, now: Date): Promise<Day> {
  return addDays(dayInChina(now), await getDayOffset(held));
}
