import { type QueryExecutorProvider, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { lockName } from '#platform/db/named-lock.ts';
import { type ConsequenceHandle, countUndecidedFilings } from '../consequence/consequence.store.ts';
import { writeAnnouncement } from './unit.store.ts';

/** The tables of the directory, and the published standings by which a closing learns what is still under way. */
export type UnitChangeHandle = ConsequenceHandle;

/** Before this day the records name no beginning (see `city.store.ts`). */
export const unrecorded = '2000-01-01';

export interface RegisteredUnit {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  readonly unitCode: string | null;
  readonly gbCode: string | null;
  readonly openedOn: Day | null;
  readonly closedOn: Day | null;
  readonly closedInto: string | null;
  readonly parentId: number | null;
  readonly tileColumn: number | null;
  readonly tileRow: number | null;
  readonly schools: number;
  readonly posts: number;
  readonly removable: boolean;
}

const countyUnits = (scope: Scope) => sql`u.kind = 'county' and u.id = any(${[...scope.places]}::int[])`;

type Named = Omit<RegisteredUnit, 'schools' | 'posts' | 'removable'>;

/** The county-level units in scope in their order, closed ones last, with what stands there. */
export async function listRegisteredUnits(db: UnitChangeHandle, scope: Scope): Promise<RegisteredUnit[]> {
  const units = await sql<Named>`
    select u.id, u.name, u.short_name as "shortName", u.unit_code as "unitCode", u.gb_code as "gbCode",
           nullif((select min(v.valid_from) from org_unit_versions v where v.unit_id = u.id), ${unrecorded}::date) as "openedOn",
           u.closed_on as "closedOn", host.name as "closedInto", u.parent_id as "parentId",
           u.tile_column as "tileColumn", u.tile_row as "tileRow"
      from org_units u left join org_units host on host.id = u.closed_into
     where ${countyUnits(scope)} order by u.closed_on nulls first, u.sort_order, u.id`.execute(db);
  const schools = await countOpenSchools(db);
  const posts = await countPosts(db);
  return units.rows.map((unit) => ({
    ...unit,
    schools: schools.get(unit.id)?.open ?? 0,
    posts: posts.get(unit.id)?.held ?? 0,
    removable: !schools.has(unit.id) && !posts.has(unit.id),
  }));
}

/** By unit: the open schools that lie there or are run from there. A unit that ever had a school is in it. */
async function countOpenSchools(db: UnitChangeHandle): Promise<Map<number, { open: number }>> {
  const found = await sql<{ unitId: number; open: number }>`
    select unit_id as "unitId", count(distinct school_id) filter (where open)::int as open
      from (select county_id as unit_id, id as school_id, status = 'open' as open from schools
            union all select managing_unit_id, id, status = 'open' from schools
            union all select county_id, school_id, false from school_versions
            union all select managing_unit_id, school_id, false from school_versions) place
     group by unit_id`.execute(db);
  return new Map(found.rows.map(({ unitId, open }) => [unitId, { open }]));
}

/**
 * By unit: the posts that are held there. A unit that was ever named by a post, as its section too, or by an assignment is
 * in it. A section may be closed while posts work in it: they stay posts of the unit.
 */
async function countPosts(db: UnitChangeHandle): Promise<Map<number, { held: number }>> {
  const found = await sql<{ unitId: number; held: number }>`
    select unit_id as "unitId", count(*) filter (where held)::int as held
      from (select unit_id, revoked_at is null as held from grants
            union all select section_id, false from grants
            union all select unit_id, false from assignments) post
     where unit_id is not null group by unit_id`.execute(db);
  return new Map(found.rows.map(({ unitId, held }) => [unitId, { held }]));
}

/**
 * The units of the tree are changed one after the other, so that two new ones never take one code or one name, and the second
 * of two who choose the city sees what the first has chosen.
 */
export async function lockTree(db: QueryExecutorProvider): Promise<void> {
  await lockName(db, 'directory:city');
}

/** Every code that a unit has or had, with its name. */
export async function findUnitCodes(db: UnitChangeHandle): Promise<Map<string, string>> {
  const rows = await db.selectFrom('org_units').select(['unit_code', 'gb_code', 'name']).execute();
  return new Map(
    rows.flatMap(({ unit_code, gb_code, name }) =>
      [unit_code, gb_code].flatMap((code) => (code ? [[code, name]] : [])),
    ),
  );
}

export interface Held {
  readonly schools: number;
  readonly posts: number;
  readonly filings: number;
}

/** What keeps a unit from being closed: open schools, held posts, and filings of an open year that nobody has approved. */
export async function countHeldByUnit(db: UnitChangeHandle, id: number): Promise<Held> {
  const schools = await countOpenSchools(db);
  const posts = await countPosts(db);
  const filings = await countUndecidedFilings(db, id);
  return { schools: schools.get(id)?.open ?? 0, posts: posts.get(id)?.held ?? 0, filings };
}

/** Ends the unit on a day: its last name ends, and it leaves the lists of the present. */
export async function writeUnitEnd(
  db: UnitChangeHandle,
  id: number,
  end: { readonly day: Day; readonly intoUnitId: number | null },
): Promise<void> {
  await db
    .updateTable('org_unit_versions')
    .set({ valid_to: end.day })
    .where('unit_id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
  await db
    .updateTable('org_units')
    .set({ active: false, closed_on: end.day, closed_into: end.intoUnitId, tile_column: null, tile_row: null })
    .where('id', '=', id)
    .execute();
  await writeAnnouncement(db);
}

/** Removes a unit with its history. The database refuses where anything refers to it. */
export async function deleteUnit(db: UnitChangeHandle, id: number): Promise<void> {
  await db.deleteFrom('org_unit_versions').where('unit_id', '=', id).execute();
  await db.deleteFrom('org_units').where('id', '=', id).execute();
  await writeAnnouncement(db);
}

/** Places the county-level units of a scope on the map, and takes those off that are not named. */
export async function writeTiles(
  db: UnitChangeHandle,
  scope: Scope,
  tiles: readonly { readonly unitId: number; readonly column: number; readonly row: number }[],
): Promise<void> {
  await sql`
    update org_units u set tile_column = tile."column", tile_row = tile."row"
      from org_units one left join jsonb_to_recordset(${JSON.stringify(tiles)}::jsonb)
             as tile("unitId" int, "column" int, "row" int) on tile."unitId" = one.id
     where one.id = u.id and ${countyUnits(scope)} and u.closed_on is null`.execute(db);
  await writeAnnouncement(db);
}
