import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { ListedLevel } from '#domain/org/school-level.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { lowerKinds } from '#domain/org/unit-kind.ts';
import {
  beginsAsSearched,
  inChineseOrder,
  limited,
  ofUnit,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import type { DirectoryHandle, SchoolRow } from './directory.store.ts';

export interface SchoolFilter {
  readonly kind?: 'school' | 'kindergarten' | undefined;
  readonly unitId?: number | undefined;
  readonly managedBy?: ManagingLevel | undefined;
  readonly schoolType?: string | undefined;
  readonly level?: ListedLevel | undefined;
  readonly ownership?: string | undefined;
  readonly urbanClass?: string | undefined;
  readonly status?: SchoolStatus | 'all' | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** The columns of a school with the names of its place, from `schoolTables`. */
export const schoolColumns = sql`
  s.id, s.code, s.name, s.school_type as "schoolType", s.sponsor_code as "sponsorCode", s.ownership,
  s.urban_class as "urbanClass", s.founded_year as "foundedYear", s.county_id as "countyId", c.name as "countyName",
  s.managing_unit_id as "managingUnitId", m.name as "managingUnitName", s.status,
  s.former_names as "formerNames"`;

export const schoolTables = sql`
  schools s join org_units c on c.id = s.county_id join org_units m on m.id = s.managing_unit_id`;

/** The first access check: counties in scope, and for a school its own row. */
export function schoolsWithin(scope: Scope) {
  const place = sql<SqlBool>`s.county_id = any(${[...scope.places]}::int[])`;
  return scope.schools === null ? place : sql<SqlBool>`${place} and s.id = any(${[...scope.schools]}::int[])`;
}

/**
 * A page of schools with the number of all that match, in one statement. The default order is by code, which an index
 * provides without sorting.
 */
export async function listSchools(
  db: DirectoryHandle,
  scope: Scope,
  filter: SchoolFilter,
  page: Paging,
): Promise<Page<SchoolRow>> {
  const where = sql.join(matching(scope, filter), sql` and `);
  const found = await sql<SchoolRow & { total: number }>`
    select ${schoolColumns}, (select count(*) from schools s where ${where}) as total
      from ${schoolTables} where ${where} order by ${orderOf(filter.sort)} ${limited(page)}`.execute(db);
  return pageOf(found.rows, page, async () => {
    const counted = await sql<{ total: number }>`select count(*) as total from schools s where ${where}`.execute(db);
    return counted.rows[0]!.total;
  });
}

/** All schools that match, for an export. */
export async function findAllSchools(db: DirectoryHandle, scope: Scope, filter: SchoolFilter): Promise<SchoolRow[]> {
  const where = sql.join(matching(scope, filter), sql` and `);
  const found = await sql<SchoolRow>`
    select ${schoolColumns} from ${schoolTables} where ${where} order by ${orderOf(filter.sort)}`.execute(db);
  return found.rows;
}

/** Units and schools for the palette: names that begin with the text come before names that only contain it. */
export async function findPlaces(db: DirectoryHandle, scope: Scope, text: string, limit: number) {
  const begins = sql.join(
    [sql`s.search`, sql`s.initials`, sql`s.also_found_by`].map((column) => beginsAsSearched(column, text)),
    sql` or `,
  );
  const schools = await sql<SchoolRow>`
    select ${schoolColumns} from ${schoolTables}
     where ${schoolsWithin(scope)} and s.kind = 'school' and ${searched(sql`s.search`, text)}
     order by s.status <> 'open', (${begins}) is not true, length(s.name), s.code, s.id
     limit ${limit}`.execute(db);
  const units = await sql<{ id: number; name: string; level: string }>`
    select u.id, u.name, u.kind as level from org_units u
     where u.kind in ('province', 'city', 'county') and ${searched(sql`u.search`, text)}
       and (u.kind <> 'county' or u.id = any(${[...scope.places]}::int[]))
     order by u.sort_order limit ${limit}`.execute(db);
  const lowerUnits = await sql<{ id: number; name: string; placeId: number; placeName: string }>`
    select u.id, u.name, place.id as "placeId", place.name as "placeName"
      from org_units u join org_units place on place.id = u.place_id
     where u.kind = any(${[...lowerKinds]}) and u.active and ${searched(sql`u.search`, text)}
       and place.id = any(${[...scope.places]}::int[])
     order by place.sort_order, u.sort_order, u.id limit ${limit}`.execute(db);
  return { schools: schools.rows, units: units.rows, lowerUnits: lowerUnits.rows };
}

function matching(scope: Scope, filter: SchoolFilter) {
  const conditions = [schoolsWithin(scope), sql<SqlBool>`s.kind = ${filter.kind ?? 'school'}`];
  const add = (condition: ReturnType<typeof sql<SqlBool>>) => conditions.push(condition);
  const status = filter.status ?? 'open';
  if (status !== 'all') add(sql<SqlBool>`s.status = ${status}`);
  if (filter.unitId !== undefined) {
    add(ofUnit(sql`s.county_id`, filter.unitId, scope.places));
  }
  if (filter.managedBy === 'county') add(sql<SqlBool>`s.managing_unit_id = s.county_id`);
  if (filter.managedBy === 'city') add(sql<SqlBool>`s.managing_unit_id <> s.county_id`);
  if (filter.schoolType !== undefined) add(sql<SqlBool>`s.school_type = ${filter.schoolType}`);
  if (filter.level !== undefined) add(sql<SqlBool>`s.school_type = any(${typesOf(filter.level)}::text[])`);
  if (filter.ownership !== undefined) add(sql<SqlBool>`s.ownership = ${filter.ownership}`);
  if (filter.urbanClass !== undefined) add(sql<SqlBool>`s.urban_class = ${filter.urbanClass}`);
  if (filter.search) add(searched(sql`s.search`, filter.search));
  return conditions;
}

/** Special and vocational schools are levels of their own here: their sections are not those of ordinary schools. */
function typesOf(level: NonNullable<SchoolFilter['level']>): string[] {
  return [...schoolTypes.values()]
    .filter((type) => {
      if (type.category === 'special' || type.category === 'vocational') return type.category === level;
      return type.levels.some((one) => one === level);
    })
    .map((type) => type.code);
}

const orders = {
  code: sql`s.code`,
  name: inChineseOrder(sql`s.name`),
  schoolType: sql`s.school_type`,
  county: sql`c.sort_order`,
  foundedYear: sql`s.founded_year`,
};

/** Schools without a code come last either way; among equals the number decides, so that pages do not overlap. */
const orderOf = (sort: string | undefined) => orderBy(sort, orders, 'code', sql`s.code nulls last, s.id`);
