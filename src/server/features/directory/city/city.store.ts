import { sql } from 'kysely';
import type { Tile } from '#domain/org/tile-layout.ts';
import type { Handle } from '#platform/db/handle.ts';
import { writeAnnouncement } from '../unit/unit.store.ts';
import { writeUnitSearch } from '../unit/unit-search.store.ts';

/** The units, and whatever of the register and the core can hang on them. */
type CityHandle = Handle<'org_units' | 'org_unit_versions' | 'schools', 'grants' | 'periods'>;

/** Names of units without a recorded beginning are valid from this day. */
const recordedFrom = '2000-01-01';

export interface ChosenCity {
  readonly id: number;
  readonly name: string;
  readonly unitCode: string | null;
}

/** The chosen city; undefined before the first choice. */
export function findChosenCity(db: CityHandle): Promise<ChosenCity | undefined> {
  return db
    .selectFrom('org_units')
    .where('kind', '=', 'city')
    .select(['id', 'name', 'unit_code as unitCode'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** How much hangs on the units: schools, posts that were ever given there, and years. */
export async function countHeld(db: CityHandle) {
  const found = await sql<{ schools: number; posts: number; periods: number }>`
    select (select count(*)::int from schools) as schools,
           (select count(*)::int from grants where unit_id is not null) as posts,
           (select count(*)::int from periods) as periods`.execute(db);
  return found.rows[0]!;
}

/** A unit of a city that begins. A zone has no code of its own in the standard. */
export interface FirstUnit {
  readonly kind: 'province' | 'city' | 'county';
  readonly unitCode: string;
  readonly gbCode: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly initials: string;
  readonly tile: Tile | null;
}

/**
 * Writes the units of a city in place of those that are there: the province, the city, then the counties in their order.
 * Numbers are never used again, so that records of the earlier choice name no unit of this one.
 * @returns the id of the city
 */
export async function writeCity(db: CityHandle, units: readonly FirstUnit[]): Promise<number> {
  await sql`delete from org_unit_versions`.execute(db);
  await sql`delete from org_units`.execute(db);
  const drawn = await sql<{ id: number }>`
    select nextval('org_units_id_seq')::int as id from generate_series(1, ${units.length})`.execute(db);
  const ids = drawn.rows.map(({ id }) => id).sort((a, b) => a - b);
  const [provinceId = 0, cityId = 0] = ids;
  const parentOf = { province: null, city: provinceId, county: cityId };
  await db
    .insertInto('org_units')
    .values(
      units.map((unit, at) => ({
        ...{ id: ids[at]!, kind: unit.kind, unit_code: unit.unitCode, gb_code: unit.gbCode },
        ...{ parent_id: parentOf[unit.kind], place_id: unit.kind === 'province' ? null : ids[at]! },
        ...{ name: unit.name, short_name: unit.shortName, initials: unit.initials, sort_order: at + 1 },
        ...{ tile_column: unit.tile?.column ?? null, tile_row: unit.tile?.row ?? null },
      })),
    )
    .execute();
  await db
    .insertInto('org_unit_versions')
    .values(
      units.map(({ kind, name }, at) => ({
        ...{ unit_id: ids[at]!, valid_from: recordedFrom, name, parent_id: parentOf[kind] },
      })),
    )
    .execute();
  await writeUnitSearch(db, ids);
  await writeAnnouncement(db);
  return cityId;
}
