import type { Handle } from '#platform/db/handle.ts';

/** Present names of roles by key. */
export async function roleNames(db: Handle<never, 'roles'>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('roles').select(['key', 'name']).execute();
  return new Map(rows.map((row) => [row.key, row.name]));
}

/** Names of units by id, for lists that carry ids only. */
export async function unitNames(db: Handle<never, 'org_units'>): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('org_units').select(['id', 'name']).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
