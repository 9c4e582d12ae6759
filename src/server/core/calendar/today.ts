import type pg from 'pg';
import { addDays, type Day, dayInChina } from '#domain/kit/school-year.ts';
import { type Lease, withLease } from '#platform/db/handle.ts';

/** The number of days by which a sample's date differs from the calendar; zero without the setting. */
export const dayOffset = 'day-offset';

/** The day from which deadlines and work are counted. Access, tokens and sessions use the real clock. */
export interface Today {
  today(): Day;
  /** Reads the setting again after a notification that settings have changed. */
  refresh(): Promise<void>;
}

/** China's calendar day. In a sample it is shifted by a fixed number of days, so that it advances with the real one. */
export async function openToday({ pool, now }: { pool: pg.Pool; now: () => Date }): Promise<Today> {
  const read = () => withLease(pool, readOffset);
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
  return addDays(dayInChina(now), await readOffset(held));
}

async function readOffset(held: Lease): Promise<number> {
  const [row] = await held.query<{ value: unknown }>('select value from settings where key = $1', [dayOffset]);
  return typeof row?.value === 'number' ? row.value : 0;
}
