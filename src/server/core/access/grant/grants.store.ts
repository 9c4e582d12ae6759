import { sql } from 'kysely';
import type { GrantableRole } from '#domain/access/separation.ts';
import type { AccessHandle } from '../account/accounts.store.ts';

/** A role with what it may do; undefined when there is none of that key. */
export async function findRole(db: AccessHandle, key: string): Promise<(GrantableRole & { name: string }) | undefined> {
  const row = await db
    .selectFrom('roles')
    .where('key', '=', key)
    .select(['key', 'name', 'level', 'separated', 'second_factor as secondFactor'])
    .executeTakeFirst();
  return row as (GrantableRole & { name: string }) | undefined;
}

/** The role that a person holds now, if any. */
export async function currentRole(
  db: AccessHandle,
  personId: string,
): Promise<(GrantableRole & { name: string; grantId: string; unitId: number | null; schoolId: number | null }) | null> {
  const row = await db
    .selectFrom('grants')
    .innerJoin('roles', 'roles.key', 'grants.role_key')
    .where('grants.person_id', '=', personId)
    .where('grants.revoked_at', 'is', null)
    .select([
      'roles.key',
      'roles.name',
      'roles.level',
      'roles.separated',
      'roles.second_factor as secondFactor',
      'grants.id as grantId',
      'grants.unit_id as unitId',
      'grants.school_id as schoolId',
    ])
    .executeTakeFirst();
  return (row as Awaited<ReturnType<typeof currentRole>> | undefined) ?? null;
}

export interface NewGrant {
  readonly id: string;
  readonly personId: string;
  readonly role: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** Null for the program itself: set-up, sample and command line. */
  readonly grantedBy: string | null;
  readonly now: Date;
}

/** Gives a role at a place; the one before it, if any, ends at the same moment. */
export async function insertGrant(db: AccessHandle, grant: NewGrant): Promise<void> {
  await revokeGrant(db, grant.personId, grant.grantedBy, grant.now);
  await db
    .insertInto('grants')
    .values({
      id: grant.id,
      person_id: grant.personId,
      role_key: grant.role,
      unit_id: grant.unitId,
      school_id: grant.schoolId,
      granted_at: grant.now,
      granted_by: grant.grantedBy,
    })
    .execute();
}

/** Ends the active grant of a person; false when there was none. */
export async function revokeGrant(db: AccessHandle, personId: string, by: string | null, now: Date): Promise<boolean> {
  const revoked = await db
    .updateTable('grants')
    .set({ revoked_at: now, revoked_by: by })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(revoked.numUpdatedRows) > 0;
}

/** Whoever would leave a role with fewer people waits here for the other who would, until that one's transaction ends. */
export async function lockHolders(db: AccessHandle, role: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holders of ${role}`}, 0))`.execute(db);
}

/** How many people in use hold a role. */
export async function holdersOf(db: AccessHandle, role: string): Promise<number> {
  const row = await db
    .selectFrom('grants')
    .innerJoin('people', 'people.id', 'grants.person_id')
    .where('grants.role_key', '=', role)
    .where('grants.revoked_at', 'is', null)
    .where('people.status', '=', 'active')
    .select((count) => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Level of a unit, and whether a school lies in it; null where the unit, or the school in it, does not exist. */
export async function findGrantPlace(
  db: AccessHandle,
  unitId: number,
  schoolId: number | null,
): Promise<{ unitLevel: 'province' | 'city' | 'county'; name: string } | null> {
  const unit = await db.selectFrom('org_units').where('id', '=', unitId).select(['kind', 'name']).executeTakeFirst();
  if (unit === undefined) return null;
  const unitLevel = unit.kind as 'province' | 'city' | 'county';
  if (schoolId === null) return { unitLevel, name: unit.name };
  const school = await db
    .selectFrom('schools')
    .where('county_id', '=', unitId)
    .where('id', '=', schoolId)
    .select('name')
    .executeTakeFirst();
  return school === undefined ? null : { unitLevel, name: school.name };
}

/** A place as an operator names it: a school by its code, a unit by its name, short name or code; null for neither. */
export async function findPlaceNamed(
  db: AccessHandle,
  wanted: string,
  isSchool: boolean,
): Promise<{
  unitId: number;
  unitLevel: 'province' | 'city' | 'county';
  schoolId: number | null;
  name: string;
} | null> {
  if (isSchool) {
    const school = await db
      .selectFrom('schools')
      .where('code', '=', wanted)
      .where('status', '=', 'open')
      .select(['county_id', 'id', 'name'])
      .executeTakeFirst();
    return school === undefined
      ? null
      : { unitId: school.county_id, unitLevel: 'county', schoolId: school.id, name: school.name };
  }
  const unit = await db
    .selectFrom('org_units')
    .where((is) => is.or([is('name', '=', wanted), is('short_name', '=', wanted), is('unit_code', '=', wanted)]))
    .select(['id', 'kind', 'name'])
    .executeTakeFirst();
  return unit === undefined
    ? null
    : { unitId: unit.id, unitLevel: unit.kind as 'city', schoolId: null, name: unit.name };
}
