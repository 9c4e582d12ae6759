import { sql } from 'kysely';
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

/**
 * A county or a city with all that lies below it, by its number: sections, departments, institutions and townships, closed ones
 * too, because somebody may have left one not long ago.
 */
export async function listUnitsIn(
  db: Handle<never, 'org_units'>,
  placeIds: readonly number[],
): Promise<ReadonlyMap<number, number[]>> {
  const units = new Map<number, number[]>();
  if (placeIds.length === 0) return units;
  const rows = await db
    .selectFrom('org_units')
    .where('place_id', 'in', [...placeIds])
    .select(['id', 'place_id'])
    .orderBy('id')
    .execute();
  for (const { id, place_id: place } of rows) {
    if (place !== null) units.set(place, [...(units.get(place) ?? []), id]);
  }
  return units;
}

/** Schools that were merged into these: whoever worked there worked here. */
export async function listMerged(
  db: Handle<never, 'school_places'>,
  schoolIds: readonly number[],
): Promise<ReadonlyMap<number, number[]>> {
  const merged = new Map<number, number[]>();
  if (schoolIds.length === 0) return merged;
  const found = await sql<{ into: number; id: number }>`
    select p.into_school_id as into, p.school_id as id from school_places p
     where p.into_school_id = any(${[...schoolIds]}::int[])`.execute(db);
  for (const { into, id } of found.rows) merged.set(into, [...(merged.get(into) ?? []), id]);
  return merged;
}

/** A unit or a school as the rule of avoidance asks for it: the numbers of all that it stands for. */
export interface Bodies {
  readonly unitIds: number[];
  readonly schoolIds: number[];
}

/**
 * What subjects stand for where somebody keeps away, in their order: a school for those that were merged into it, a county for
 * its sections, institutions and townships.
 */
export async function listBodiesOf(
  db: Handle<never, 'org_units' | 'school_places'>,
  subjects: readonly { readonly unitId: number; readonly schoolId: number | null }[],
): Promise<Bodies[]> {
  const merged = await listMerged(
    db,
    subjects.flatMap(({ schoolId }) => schoolId ?? []),
  );
  const below = await listUnitsIn(
    db,
    subjects.flatMap(({ unitId, schoolId }) => (schoolId === null ? [unitId] : [])),
  );
  return subjects.map(({ unitId, schoolId }) =>
    schoolId === null
      ? { unitIds: below.get(unitId) ?? [unitId], schoolIds: [] }
      : { unitIds: [], schoolIds: [schoolId, ...(merged.get(schoolId) ?? [])] },
  );
}
