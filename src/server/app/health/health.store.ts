import type { Lease } from '#platform/db/handle.ts';

/** Throws where the database does not answer. */
export async function getAnswer(held: Lease): Promise<void> {
  await held.query('select 1');
}
