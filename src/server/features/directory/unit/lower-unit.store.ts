import { sql } from 'kysely';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type LowerKind, lowerKinds } from '#domain/org/unit-kind.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import { unrecorded } from './unit-change.store.ts';

/** A unit below a city or a county. */
export interface LowerUnitRow {
  readonly id: number;
  readonly kind: LowerKind;
  readonly name: string;
  readonly parentId: number;
  readonly parentName: string;
  readonly placeId: number;
  readonly placeName: string;
  readonly placeLevel: 'city' | 'county';
  readonly openedOn: Day | null;
  readonly closedOn: Day | null;
  readonly posts: number;
}

/** The posts that stand and name a unit as their section. */
const postsIn = sql`from grants g where g.section_id = u.id and g.revoked_at is null`;

const lowerUnits = sql`
  select u.id, u.kind, u.name, u.parent_id as "parentId", above.name as "parentName", u.place_id as "placeId",
         place.name as "placeName", place.kind as "placeLevel", u.closed_on as "closedOn",
         nullif((select min(v.valid_from) from org_unit_versions v where v.unit_id = u.id), ${unrecorded}::date) as "openedOn",
         (select count(*)::int ${postsIn}) as posts
    from org_units u join org_units above on above.id = u.parent_id join org_units place on place.id = u.place_id
   where u.kind = any(${[...lowerKinds]})`;

/** The units below a city or a county, closed ones last: by kind, in the order in which they were opened. */
export async function listLowerUnits(db: DirectoryHandle, placeId: number): Promise<LowerUnitRow[]> {
  const found = await sql<LowerUnitRow>`
    ${lowerUnits} and u.place_id = ${placeId}
     order by u.closed_on desc nulls first, array_position(${[...lowerKinds]}, u.kind), u.sort_order, u.id`.execute(db);
  return found.rows;
}

export async function findLowerUnit(db: DirectoryHandle, id: number): Promise<LowerUnitRow | undefined> {
  const found = await sql<LowerUnitRow>`${lowerUnits} and u.id = ${id}`.execute(db);
  return found.rows[0];
}

export interface PostIn {
  readonly grantId: string;
  readonly person: string;
  readonly role: string;
}

/** Who works in the posts of a unit, by name. */
export async function listPostsIn(db: DirectoryHandle, id: number): Promise<PostIn[]> {
  const found = await sql<PostIn>`
    select g.id as "grantId", p.name as person, r.name as role
      from grants g join people p on p.id = g.person_id join roles r on r.key = g.role_key
     where g.section_id = ${id} and g.revoked_at is null
     order by r.sort_order, p.name, p.id limit ${newestEntries}`.execute(db);
  return found.rows;
}
