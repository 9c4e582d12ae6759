import type { Lease } from '#platform/db/handle.ts';

/** The number of days by which a sample's date differs from the calendar; zero without the setting. */
export const dayOffset = 'day-offset';

/** The offset of this database's day from the calendar, in days. */
export async function getDayOffset(held: Lease): Promise<number> {
  const [row] = await held.query<{ value: unknown }>('select value from settings where key = $1', [dayOffset]);
  return typeof row?.value === 'number' ? row.value : 0;
}
