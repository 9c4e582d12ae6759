import { sql } from 'kysely';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Tile } from '#domain/org/tile-layout.ts';
import { mayStandBelow, placeOfUnit, type UnitKind, unitKinds } from '#domain/org/unit-kind.ts';
import type { Handle } from '#platform/db/handle.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import { schoolsWithin } from '../school-list.store.ts';
import { writeUnitSearch } from './unit-search.store.ts';

export interface UnitRow {
  readonly id: number;
  readonly level: GoverningKind;
  /** Null for a unit without one. */
  readonly unitCode: string | null;
  readonly gbCode: string | null;
  readonly parentId: number | null;
  readonly name: string;
  readonly shortName: string;
  readonly initials: string;
  readonly sortOrder: number;
  readonly tileColumn: number | null;
  readonly tileRow: number | null;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  /** The day on which the unit was closed. */
  readonly closedOn: Day | null;
}

/** The two digits of its province, which are part of the codes of its schools; undefined for a unit without a code. */
export function provinceOf(unit: UnitRow): string | undefined {
  return (unit.gbCode ?? unit.unitCode)?.slice(0, 2);
}

/** The kinds of units in the tree of government; units of other kinds are below them and on separate lists. */
const governing = ['province', 'city', 'county'] as const satisfies readonly UnitKind[];
type GoverningKind = (typeof governing)[number];

const columns = sql`
  id, kind as level, unit_code as "unitCode", gb_code as "gbCode", parent_id as "parentId", name,
  short_name as "shortName", initials, sort_order as "sortOrder", tile_column as "tileColumn", tile_row as "tileRow",
  contact_name as "contactName", contact_phone as "contactPhone", closed_on as "closedOn"`;

/** The units of the tree of government, the province first. */
export async function listUnits(db: DirectoryHandle): Promise<UnitRow[]> {
  const found = await sql<UnitRow>`
    select ${columns} from org_units where active and kind = any(${[...governing]})
     order by array_position(${[...governing]}, kind), sort_order, id`.execute(db);
  return found.rows;
}

export async function findUnit(db: DirectoryHandle, id: number): Promise<UnitRow | undefined> {
  const found =
    await sql<UnitRow>`select ${columns} from org_units where id = ${id} and kind = any(${[...governing]})`.execute(db);
  return found.rows[0];
}

export async function findUnitVersions(db: DirectoryHandle, id: number) {
  const found = await sql<{
    validFrom: Day;
    validTo: Day | null;
    name: string;
    parentName: string | null;
    document: string | null;
  }>`
    select v.valid_from as "validFrom", v.valid_to as "validTo", v.name, p.name as "parentName", v.document
      from org_unit_versions v left join org_units p on p.id = v.parent_id
     where v.unit_id = ${id} order by v.valid_from desc limit ${newestEntries}`.execute(db);
  return found.rows;
}

/** Open schools of a unit by 办学类型, of those in scope. */
export async function countSchools(db: DirectoryHandle, scope: Scope, unitId: number) {
  const found = await sql<{ schoolType: string; count: number }>`
    select s.school_type as "schoolType", count(*) as count from schools s
     where ${schoolsWithin(scope)} and s.status = 'open' and s.kind = 'school'
       and s.county_id in (select id from org_units where ${unitId} in (id, parent_id))
     group by 1 order by 1`.execute(db);
  return found.rows;
}

export async function updateContact(
  db: DirectoryHandle,
  id: number,
  contact: { readonly name: string; readonly phone: string },
): Promise<void> {
  await db
    .updateTable('org_units')
    .set({ contact_name: contact.name, contact_phone: contact.phone })
    .where('id', '=', id)
    .execute();
  await writeAnnouncement(db);
}

export interface UnitName {
  readonly name: string;
  readonly shortName: string;
  readonly initials: string;
  readonly parentId: number | null;
  readonly document: string | null;
}

/** A new name or parent from a day on; the old one stays in the history. */
export async function writeUnitName(db: DirectoryHandle, id: number, day: Day, next: UnitName): Promise<void> {
  const last = await db
    .selectFrom('org_unit_versions')
    .select('valid_from')
    .where('unit_id', '=', id)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  const version = { name: next.name, parent_id: next.parentId, document: next.document };
  if (last?.valid_from === day) {
    await db
      .updateTable('org_unit_versions')
      .set(version)
      .where('unit_id', '=', id)
      .where('valid_to', 'is', null)
      .execute();
  } else {
    await db
      .updateTable('org_unit_versions')
      .set({ valid_to: day })
      .where('unit_id', '=', id)
      .where('valid_to', 'is', null)
      .execute();
    await db
      .insertInto('org_unit_versions')
      .values({ unit_id: id, valid_from: day, ...version })
      .execute();
  }
  await writePresentName(db, id, next);
}

/**
 * Takes the last name back: the version before goes on, or, where the renaming had replaced a version of its day, that
 * one has its old facts again.
 */
export async function writeUnitNameBack(db: DirectoryHandle, id: number, next: UnitName): Promise<void> {
  const [last, before] = await db
    .selectFrom('org_unit_versions')
    .selectAll()
    .where('unit_id', '=', id)
    .orderBy('valid_from', 'desc')
    .limit(2)
    .execute();
  if (last === undefined) return;
  const goesOn =
    before?.valid_to === last.valid_from && before.name === next.name && before.parent_id === next.parentId;
  if (!goesOn) return writeUnitName(db, id, last.valid_from, next);
  await db.deleteFrom('org_unit_versions').where('unit_id', '=', id).where('valid_to', 'is', null).execute();
  await db
    .updateTable('org_unit_versions')
    .set({ valid_to: null })
    .where('unit_id', '=', id)
    .where('valid_from', '=', before.valid_from)
    .execute();
  await writePresentName(db, id, next);
}

/** The unit itself, until the transaction ends. */
export async function lockUnit(db: DirectoryHandle, id: number): Promise<void> {
  await sql`select id from org_units where id = ${id} for update`.execute(db);
}

/** The document of the present name; null where none is named. */
export async function findNameDocument(db: DirectoryHandle, id: number): Promise<string | null> {
  const found = await db
    .selectFrom('org_unit_versions')
    .select('document')
    .where('unit_id', '=', id)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  return found?.document ?? null;
}

async function writePresentName(db: DirectoryHandle, id: number, next: UnitName): Promise<void> {
  await db
    .updateTable('org_units')
    .set({
      name: next.name,
      short_name: next.shortName,
      initials: next.initials,
      parent_id: next.parentId,
      also_found_by: null,
    })
    .where('id', '=', id)
    .execute();
  await settlePlaces(db, id);
  await writeUnitSearch(db, [id]);
  await writeAnnouncement(db);
}

/**
 * A unit that is moved below another unit takes its place from there, and so do the units below it. Existing rows keep
 * their place.
 */
async function settlePlaces(db: DirectoryHandle, id: number): Promise<void> {
  await sql`
    with recursive settled as (
      select unit.id, above.place_id from org_units unit join org_units above on above.id = unit.parent_id
       where unit.id = ${id} and unit.kind <> all(${[...governing]})
      union all
      select unit.id, settled.place_id from org_units unit join settled on unit.parent_id = settled.id
    )
    update org_units set place_id = settled.place_id from settled where org_units.id = settled.id`.execute(db);
}

/**
 * Servers cache units for seconds. A table that is replicated everywhere may not have a trigger, so every function that
 * writes units notifies the servers.
 */
export async function writeAnnouncement(db: Handle<'org_units'>): Promise<void> {
  await sql`select pg_notify('access_changed', 'org_units')`.execute(db);
}

export interface NewUnit
  extends Pick<UnitRow, 'unitCode' | 'gbCode' | 'parentId' | 'name' | 'shortName' | 'initials' | 'sortOrder'> {
  readonly kind: UnitKind;
  readonly document: string | null;
  readonly tile?: Tile;
}

/**
 * Adds a new unit with its first version, which is valid from a day on.
 * @returns its id, or undefined if a unit of its kind may not stand below the unit above it
 */
export async function insertUnit(db: DirectoryHandle, day: Day, unit: NewUnit): Promise<number | undefined> {
  const parent = await db
    .selectFrom('org_units')
    .select(['kind', 'place_id'])
    .where('id', '=', unit.parentId)
    .executeTakeFirst();
  if (!mayStandBelow(unit.kind, (parent?.kind as UnitKind | undefined) ?? null)) return undefined;
  const next = await sql<{ id: number }>`select nextval('org_units_id_seq') as id`.execute(db);
  const id = next.rows[0]!.id;
  await db
    .insertInto('org_units')
    .values({
      id,
      kind: unit.kind,
      unit_code: unit.unitCode,
      gb_code: unit.gbCode,
      parent_id: unit.parentId,
      place_id: placeOfUnit(unit.kind, id, parent?.place_id ?? null),
      name: unit.name,
      short_name: unit.shortName,
      initials: unit.initials,
      sort_order: unit.sortOrder,
      tile_column: unit.tile?.column ?? null,
      tile_row: unit.tile?.row ?? null,
    })
    .execute();
  await db
    .insertInto('org_unit_versions')
    .values({ unit_id: id, valid_from: day, name: unit.name, parent_id: unit.parentId, document: unit.document })
    .execute();
  await writeUnitSearch(db, [id]);
  await writeAnnouncement(db);
  return id;
}

/** The units directly below a unit, of every kind. */
export async function listUnitsBelow(db: DirectoryHandle, id: number) {
  const found = await sql<{ id: number; kind: UnitKind; name: string; placeId: number | null }>`
    select id, kind, name, place_id as "placeId" from org_units
     where active and parent_id = ${id} order by array_position(${[...unitKinds]}, kind), sort_order, id`.execute(db);
  return found.rows;
}

/** The day on which the present name began. */
export async function findLastUnitChange(db: DirectoryHandle, id: number): Promise<Day | undefined> {
  const found = await db
    .selectFrom('org_unit_versions')
    .select((line) => line.fn.max('valid_from').as('day'))
    .where('unit_id', '=', id)
    .executeTakeFirst();
  return found?.day ?? undefined;
}
