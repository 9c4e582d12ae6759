import type { Handle } from '#platform/db/handle.ts';

/** Every place where rows lie: the city and its counties. */
export async function listPlaces(db: Handle<'org_units'>): Promise<number[]> {
  const units = await db
    .selectFrom('org_units')
    .where('kind', 'in', ['city', 'county'])
    .select('id')
    .orderBy('id')
    .execute();
  return units.map(({ id }) => id);
}
