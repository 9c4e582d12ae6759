import type { Handle } from '#platform/db/handle.ts';

/** Names of units by id, for lists that carry ids only. */
export async function listUnitNames(db: Handle<never, 'org_units'>): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('org_units').select(['id', 'name']).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
