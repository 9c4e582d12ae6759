import { sql } from 'kysely';
import type { GrantableRole, HeldPost, NamedSection } from '#domain/access/separation.ts';
import { lockName } from '#platform/db/named-lock.ts';
import type { AccessHandle } from '../account/accounts.store.ts';

/** A role with its permissions; undefined when no role has that key. */
export async function findRole(db: AccessHandle, key: string): Promise<(GrantableRole & { name: string }) | undefined> {
  const row = await db
    .selectFrom('roles')
    .where('key', '=', key)
    .select(['key', 'name', 'reach', 'separated', 'second_factor as secondFactor', 'permissions'])
    .executeTakeFirst();
  return row as (GrantableRole & { name: string }) | undefined;
}

/** A post that has not ended: a role at a place. */
export interface StandingPost extends HeldPost {
  readonly grantId: string;
  readonly personId: string;
  /** Name of the role. */
  readonly name: string;
}

/** The posts that a person holds now, in the order of roles. */
export async function listPostsHeldBy(db: AccessHandle, personId: string): Promise<StandingPost[]> {
  return standingPosts(db)
    .where('grants.person_id', '=', personId)
    .orderBy('roles.sort_order')
    .orderBy('grants.granted_at')
    .execute() as Promise<StandingPost[]>;
}

/** A post that has not ended; undefined where there is none. */
export async function findPost(db: AccessHandle, grantId: string): Promise<StandingPost | undefined> {
  return standingPosts(db).where('grants.id', '=', grantId).executeTakeFirst() as Promise<StandingPost | undefined>;
}

function standingPosts(db: AccessHandle) {
  return db
    .selectFrom('grants')
    .innerJoin('roles', 'roles.key', 'grants.role_key')
    .where('grants.revoked_at', 'is', null)
    .select([
      'roles.key',
      'roles.name',
      'roles.reach',
      'roles.separated',
      'roles.second_factor as secondFactor',
      'roles.permissions',
      'grants.id as grantId',
      'grants.person_id as personId',
      'grants.unit_id as unitId',
      'grants.school_id as schoolId',
      'grants.section_id as sectionId',
    ]);
}

export interface NewGrant {
  readonly id: string;
  readonly personId: string;
  readonly role: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** The section of the unit; left out where the post has none. */
  readonly sectionId?: number | null;
  /** Null for the program itself: set-up, sample and command line. */
  readonly grantedBy: string | null;
  readonly now: Date;
}

/** Gives a role at a place, which makes one more post. */
export async function insertGrant(db: AccessHandle, grant: NewGrant): Promise<void> {
  await db
    .insertInto('grants')
    .values({
      id: grant.id,
      person_id: grant.personId,
      role_key: grant.role,
      unit_id: grant.unitId,
      school_id: grant.schoolId,
      section_id: grant.sectionId ?? null,
      granted_at: grant.now,
      granted_by: grant.grantedBy,
    })
    .execute();
}

/** Gives many posts with one statement; the trigger that keeps separated roles apart sees each of them. */
export async function insertGrants(
  db: AccessHandle,
  grants: ReadonlyArray<Omit<NewGrant, 'grantedBy' | 'now'>>,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<void> {
  if (grants.length === 0) return;
  await sql`
    insert into grants (id, person_id, role_key, unit_id, school_id, section_id, granted_at, granted_by)
    select r.id, r."personId", r.role, r."unitId", r."schoolId", r."sectionId", ${now}, ${by}
      from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb)
           as r(id uuid, "personId" uuid, role text, "unitId" integer, "schoolId" integer,
                "sectionId" integer)`.execute(db);
}

/** Ends a post and its assignments. Returns false when it had ended already. */
export async function revokeGrant(db: AccessHandle, grantId: string, by: string, now: Date): Promise<boolean> {
  const revoked = await db
    .updateTable('grants')
    .set({ revoked_at: now, revoked_by: by })
    .where('id', '=', grantId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (Number(revoked.numUpdatedRows) === 0) return false;
  await db
    .updateTable('assignments')
    .set({ ended_at: now, ended_by: by })
    .where('grant_id', '=', grantId)
    .where('ended_at', 'is', null)
    .execute();
  return true;
}

/**
 * Acts that would leave a role with fewer people queue up here: the second waits until the first one's transaction
 * ends.
 */
export async function lockHolders(db: AccessHandle, role: string): Promise<void> {
  await lockName(db, `holders of ${role}`);
}

/** How many people with an active account hold a role. */
export async function countHolders(db: AccessHandle, role: string): Promise<number> {
  const row = await db
    .selectFrom('grants')
    .innerJoin('people', 'people.id', 'grants.person_id')
    .where('grants.role_key', '=', role)
    .where('grants.revoked_at', 'is', null)
    .where('people.status', '=', 'active')
    .select((count) => count.fn.count<number>('people.id').distinct().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** The place of a new post of a role. A school's county follows from the school and is not part of the post. */
export interface FoundPlace {
  readonly unitId: number | null;
  readonly unitLevel: string | null;
  readonly schoolId: number | null;
  readonly name: string;
}

/**
 * The place with these ids; null where the unit or the school does not exist. Beside a school, `unitId` is the county
 * in which it was found; a school that has moved since is not found.
 */
export async function findGrantPlace(
  db: AccessHandle,
  unitId: number | null,
  schoolId: number | null,
): Promise<FoundPlace | null> {
  if (schoolId !== null) {
    const school = await db
      .selectFrom('school_places')
      .innerJoin('schools', (join) =>
        join
          .onRef('schools.county_id', '=', 'school_places.county_id')
          .onRef('schools.id', '=', 'school_places.school_id'),
      )
      .where('school_places.school_id', '=', schoolId)
      .select(['schools.name', 'school_places.county_id'])
      .executeTakeFirst();
    if (school === undefined || (unitId !== null && unitId !== school.county_id)) return null;
    return { unitId: null, unitLevel: null, schoolId, name: school.name };
  }
  if (unitId === null) return null;
  const unit = await db
    .selectFrom('org_units')
    .where('id', '=', unitId)
    .where('active', '=', true)
    .select(['kind', 'name'])
    .executeTakeFirst();
  return unit === undefined ? null : { unitId, unitLevel: unit.kind, schoolId: null, name: unit.name };
}

/** The unit with this id as the section of a post; undefined where there is none. */
export async function findSection(db: AccessHandle, id: number): Promise<NamedSection | undefined> {
  return db
    .selectFrom('org_units')
    .where('id', '=', id)
    .select(['kind', 'name', 'place_id as placeId', 'active'])
    .executeTakeFirst();
}

/** Puts a post that stands into a section of its unit, or into none. */
export async function updateGrantSection(db: AccessHandle, grantId: string, sectionId: number | null): Promise<void> {
  await db
    .updateTable('grants')
    .set({ section_id: sectionId })
    .where('id', '=', grantId)
    .where('revoked_at', 'is', null)
    .execute();
}

/**
 * A place as an operator names it: a school by its code, a unit by its name, short name or code. Null if nothing
 * matches.
 */
export async function findPlaceNamed(db: AccessHandle, wanted: string, isSchool: boolean): Promise<FoundPlace | null> {
  if (isSchool) {
    const school = await db
      .selectFrom('schools')
      .where('code', '=', wanted)
      .where('status', '=', 'open')
      .select(['id', 'name'])
      .executeTakeFirst();
    return school === undefined ? null : { unitId: null, unitLevel: null, schoolId: school.id, name: school.name };
  }
  const unit = await db
    .selectFrom('org_units')
    .where('active', '=', true)
    .where((is) => is.or([is('name', '=', wanted), is('short_name', '=', wanted), is('unit_code', '=', wanted)]))
    .select(['id', 'kind', 'name'])
    .executeTakeFirst();
  return unit === undefined ? null : { unitId: unit.id, unitLevel: unit.kind, schoolId: null, name: unit.name };
}
