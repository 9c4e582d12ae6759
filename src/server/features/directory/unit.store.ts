import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { DirectoryHandle } from './directory.handle.ts';
import { schoolsWithin } from './school-list.store.ts';

export interface UnitRow {
  readonly id: number;
  readonly level: 'province' | 'city' | 'county';
  readonly unitCode: string;
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
}

const columns = sql`
  id, kind as level, unit_code as "unitCode", gb_code as "gbCode", parent_id as "parentId", name,
  short_name as "shortName", initials, sort_order as "sortOrder", tile_column as "tileColumn", tile_row as "tileRow",
  contact_name as "contactName", contact_phone as "contactPhone"`;

/** Every unit, the province first. */
export async function listUnits(db: DirectoryHandle): Promise<UnitRow[]> {
  const found = await sql<UnitRow>`
    select ${columns} from org_units where active
     order by array_position(array['province', 'city', 'county'], kind), sort_order, id`.execute(db);
  return found.rows;
}

export async function readUnit(db: DirectoryHandle, id: number): Promise<UnitRow | undefined> {
  const found = await sql<UnitRow>`select ${columns} from org_units where id = ${id}`.execute(db);
  return found.rows[0];
}

export async function unitVersions(db: DirectoryHandle, id: number) {
  const found = await sql<{
    validFrom: Day;
    validTo: Day | null;
    name: string;
    parentName: string | null;
    document: string | null;
  }>`
    select v.valid_from as "validFrom", v.valid_to as "validTo", v.name, p.name as "parentName", v.document
      from org_unit_versions v left join org_units p on p.id = v.parent_id
     where v.unit_id = ${id} order by v.valid_from desc`.execute(db);
  return found.rows;
}

/** Open schools of a unit by 办学类型, of those in scope. */
export async function countSchools(db: DirectoryHandle, scope: Scope, unitId: number) {
  const found = await sql<{ schoolType: string; count: number }>`
    select s.school_type as "schoolType", count(*) as count from schools s
     where ${schoolsWithin(scope)} and s.status = 'open'
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
}

export interface UnitName {
  readonly name: string;
  readonly shortName: string;
  readonly initials: string;
  readonly parentId: number | null;
  readonly document: string | null;
}

/** A new name or parent from a day on; the old one stays in the history. */
export async function renameUnit(db: DirectoryHandle, id: number, day: Day, next: UnitName): Promise<void> {
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
  await db
    .updateTable('org_units')
    .set({ name: next.name, short_name: next.shortName, initials: next.initials, parent_id: next.parentId })
    .where('id', '=', id)
    .execute();
}

/** The day on which the present name began. */
export async function lastUnitChange(db: DirectoryHandle, id: number): Promise<Day | undefined> {
  const found = await db
    .selectFrom('org_unit_versions')
    .select((line) => line.fn.max('valid_from').as('day'))
    .where('unit_id', '=', id)
    .executeTakeFirst();
  return found?.day ?? undefined;
}
