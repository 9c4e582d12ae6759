import { sql } from 'kysely';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import type { ActorLevel } from '#domain/access/actor.ts';
import { type Guesses, lockout } from '#domain/access/lockout.ts';
import { sectionKinds } from '#domain/access/separation.ts';
import { inChineseOrder, limited, orderBy, pageOf, searched } from '#platform/db/listing.ts';

export interface PeopleFilter {
  readonly page: number;
  readonly pageSize: number;
  readonly sort?: string | undefined;
  readonly search?: string | undefined;
  readonly role?: string | undefined;
  readonly unitId?: number | undefined;
  readonly mark?:
    | 'active'
    | 'disabled'
    | 'guessed'
    | 'locked'
    | 'mobile-asked'
    | 'no-role'
    | 'password-pending'
    | 'section-lapsed'
    | undefined;
}

const sortColumns = {
  name: inChineseOrder(sql`p.name`),
  username: sql`p.username`,
  role: sql`role_order`,
  lastSeenAt: sql`"lastSeenAt"`,
  status: sql`p.status`,
};

/**
 * A person `p` in use who has no role, and for whom no post is proposed: those of a waiting set are granted with it.
 */
export const withoutRole = sql<boolean>`(
  p.status = 'active'
  and not exists (select 1 from grants g where g.person_id = p.id and g.revoked_at is null)
  and not exists (select 1 from post_set_lines l join post_sets t on t.id = l.set_id
                   where l.person_id = p.id and t.state = 'waiting'))`;

/**
 * Whether the section `k` of a post of `g` is closed, or no longer below the unit of the post; false without a section.
 */
const sectionLapsed = sql<boolean>`(k.id is not null and (not k.active or k.place_id is distinct from g.unit_id))`;

/** A person `p` in use with a standing post whose section is closed or stands elsewhere. */
export const withLapsedSection = sql<boolean>`(
  p.status = 'active'
  and exists (select 1 from grants g join org_units k on k.id = g.section_id
               where g.person_id = p.id and g.revoked_at is null and ${sectionLapsed}))`;

/** A person `p` in use whose mobile number waits to be looked at. */
export const withMobileAsked = sql<boolean>`(p.status = 'active' and p.mobile_asked is not null)`;

/** A page of accounts with what they may do now; the total counts all that match. */
export async function listPeople(db: AccessHandle, filter: PeopleFilter, now: Date) {
  const conditions = [
    filter.search ? searched(sql`p.search`, filter.search) : null,
    filter.role ? sql`exists (select 1 ${activeGrants} and g.role_key = ${filter.role})` : null,
    filter.unitId
      ? sql`exists (select 1 ${activeGrants} and (g.unit_id = ${filter.unitId} or g.school_id in (
              select school_id from school_places where county_id = ${filter.unitId})))`
      : null,
    filter.mark === 'active' || filter.mark === 'disabled' ? sql`p.status = ${filter.mark}` : null,
    filter.mark === 'no-role' ? withoutRole : null,
    filter.mark === 'mobile-asked' ? withMobileAsked : null,
    filter.mark === 'section-lapsed' ? withLapsedSection : null,
    filter.mark === 'password-pending' ? sql`(p.password_changed_at is null or p.must_change_password)` : null,
    filter.mark === 'locked' ? lockedNow(now) : null,
    filter.mark === 'guessed' ? sql`${guesses} is not null` : null,
  ].filter((condition) => condition !== null);
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const rows = await sql<PersonRow & { total: number }>`
    select ${personColumns(now)}, count(*) over ()::int as total
      from people p ${where}
     order by ${orderBy(filter.sort, sortColumns, 'name', sql`p.username`)} ${limited(filter)}`.execute(db);
  return pageOf(rows.rows, filter, () => countPeople(db, where));
}

async function countPeople(db: AccessHandle, where: ReturnType<typeof sql>): Promise<number> {
  const counted = await sql<{ n: number }>`select count(*)::int as n from people p ${where}`.execute(db);
  return counted.rows[0]?.n ?? 0;
}

export interface PersonRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly phone: string | null;
  readonly status: 'active' | 'disabled';
  readonly passwordPending: boolean;
  readonly locked: boolean;
  readonly guessed: Guesses | null;
  readonly secondFactor: boolean;
  readonly lastSeenAt: Date | null;
}

const lockedNow = (now: Date) =>
  sql`exists (
    select 1 from sign_in_failures f
     where f.account in (p.username, p.mobile) and f.address <> '' and f.locked_until > ${now})`;

/** The wrong tries on an account since its last sign-in, where they are many; null otherwise. */
const guesses = sql`(
  select jsonb_build_object('tries', sum(f.tries), 'addresses', count(distinct f.address), 'since', min(f.tried_since))
    from sign_in_failures f where f.account in (p.username, p.mobile) and f.address <> '' and f.tries > 0
  having sum(f.tries) >= ${lockout.failuresPerAccount})`;

/** The posts of `p` that stand; conditions follow with `and`. */
const activeGrants = sql`from grants g where g.person_id = p.id and g.revoked_at is null`;

const personColumns = (now: Date) => sql`
  p.id, p.username, p.name, p.phone, p.status,
  (select min(r.sort_order) from grants g join roles r on r.key = g.role_key
    where g.person_id = p.id and g.revoked_at is null) as role_order,
  (p.password_changed_at is null or p.must_change_password) as "passwordPending", ${lockedNow(now)} as locked,
  ${guesses} as guessed,
  coalesce(p.two_factor_enabled, false) as "secondFactor",
  (select max(x.last_seen_at) from sessions x where x.user_id = p.id and x.last_seen_at > '-infinity') as "lastSeenAt"`;

/** One account with everything that its page shows; undefined when there is none. */
export async function findPersonDetail(db: AccessHandle, personId: string, now: Date) {
  const found = await sql<
    PersonRow & {
      revision: number;
      createdAt: Date;
      passwordChangedAt: Date | null;
      mobile: string | null;
      mobileAsked: string | null;
      sessions: number;
      tokens: number;
    }
  >`select ${personColumns(now)}, p.revision, p.mobile, p.mobile_asked as "mobileAsked", p.created_at as "createdAt", p.password_changed_at as "passwordChangedAt",
           (select count(*)::int from sessions x where x.user_id = p.id and x.expires_at > ${now}) as sessions,
           (select count(*)::int from access_tokens t
             where t.person_id = p.id and t.revoked_at is null and t.expires_at > ${now}) as tokens
      from people p where p.id = ${personId}`.execute(db);
  return found.rows[0];
}

/** A post, standing or past, as accounts show it. */
export interface PostRow {
  readonly personId: string;
  readonly grantId: string;
  readonly role: string;
  readonly roleName: string;
  readonly reach: ActorLevel;
  /** The unit; of a school its county. */
  readonly unitId: number | null;
  readonly unitName: string | null;
  readonly schoolId: number | null;
  readonly schoolName: string | null;
  readonly sectionId: number | null;
  readonly sectionName: string | null;
  readonly sectionLapsed: boolean;
  readonly grantedAt: Date;
  readonly revokedAt: Date | null;
}

/** The posts of these people: those that stand in the order of roles, then the past, newest first. */
export async function listPostsOf(db: AccessHandle, ids: readonly string[]): Promise<PostRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<PostRow>`
    select g.person_id as "personId", g.id as "grantId", r.key as role, r.name as "roleName", r.reach, u.id as "unitId",
           u.name as "unitName", sp.school_id as "schoolId", s.name as "schoolName", k.id as "sectionId",
           k.name as "sectionName", g.revoked_at is null and ${sectionLapsed} as "sectionLapsed", g.granted_at as "grantedAt",
           g.revoked_at as "revokedAt"
      from grants g
      join roles r on r.key = g.role_key
      left join school_places sp on sp.school_id = g.school_id
      left join org_units u on u.id = coalesce(g.unit_id, sp.county_id)
      left join org_units k on k.id = g.section_id
      left join schools s on s.county_id = sp.county_id and s.id = sp.school_id
     where g.person_id = any(${[...ids]}::uuid[])
     order by g.revoked_at desc nulls first, r.sort_order, g.granted_at`.execute(db);
  return found.rows;
}

/** Roles with their permissions and the number of people in use that hold them. */
export async function listRoles(db: AccessHandle) {
  return db
    .selectFrom('roles')
    .select((of) => [
      'roles.key',
      'roles.name',
      of.ref('roles.reach').$castTo<ActorLevel>().as('level'),
      'roles.revision',
      'roles.separated',
      'roles.second_factor as secondFactor',
      'roles.permissions',
      of
        .selectFrom('grants')
        .innerJoin('people', 'people.id', 'grants.person_id')
        .whereRef('grants.role_key', '=', 'roles.key')
        .where('grants.revoked_at', 'is', null)
        .where('people.status', '=', 'active')
        .select((count) => count.fn.count<number>('people.id').distinct().as('n'))
        .as('people'),
    ])
    .orderBy('roles.sort_order')
    .execute();
}

function unitsOf(db: AccessHandle, kinds: readonly ('city' | 'county')[]) {
  return db
    .selectFrom('org_units')
    .where('kind', 'in', kinds)
    .where('active', '=', true)
    .orderBy('kind')
    .orderBy('sort_order')
    .select(['id', 'name', 'unit_code']);
}

function unitPlace(unit: { readonly id: number; readonly name: string; readonly unit_code: string | null }) {
  return { unitId: unit.id, schoolId: null, name: unit.name, note: unit.unit_code ?? '' };
}

/** Every unit at which a post can stand, for a sheet that names them all. */
export async function listPostUnits(db: AccessHandle) {
  return (await unitsOf(db, ['city', 'county']).execute()).map(unitPlace);
}

export interface PlaceFilter {
  readonly level: 'city' | 'county' | 'unit' | 'section' | 'school';
  readonly within?: number | undefined;
  readonly search?: string | undefined;
}

/** Places for a post: units of a level, the sections of a unit, or schools that the search finds (twenty at most), of a unit where one is named. */
export async function listPlaces(db: AccessHandle, { level, within, search = '' }: PlaceFilter) {
  if (level === 'section') {
    const sections = await db
      .selectFrom('org_units')
      .innerJoin('org_units as above', 'above.id', 'org_units.parent_id')
      .where('org_units.kind', 'in', [...sectionKinds])
      .where('org_units.active', '=', true)
      .where('org_units.place_id', '=', within ?? null)
      .where(searched(sql.ref('org_units.search'), search))
      .orderBy('org_units.sort_order')
      .orderBy('org_units.id')
      .limit(50)
      .select(['org_units.id', 'org_units.name', 'above.name as above'])
      .execute();
    return sections.map(({ id, name, above }) => ({ unitId: id, schoolId: null, name, note: above }));
  }
  if (level !== 'school') {
    const units = await unitsOf(db, level === 'unit' ? ['city', 'county'] : [level])
      .where(searched(sql.ref('search'), search))
      .limit(50)
      .execute();
    return units.map(unitPlace);
  }
  const schools = await db
    .selectFrom('schools')
    .innerJoin('org_units', 'org_units.id', 'schools.county_id')
    .where('schools.status', '=', 'open')
    .$if(within !== undefined, (open) =>
      open.where((is) => is.or([is('org_units.id', '=', within!), is('org_units.parent_id', '=', within!)])),
    )
    .where(searched(sql.ref('schools.search'), search))
    .orderBy(inChineseOrder(sql.ref('schools.name')))
    .select([
      'schools.county_id',
      'schools.id',
      'schools.name',
      'schools.code',
      'schools.former_names',
      'org_units.short_name',
    ])
    .limit(20)
    .execute();
  return schools.map((school) => ({
    unitId: school.county_id,
    schoolId: school.id,
    name: school.name,
    // A kindergarten may have no code yet.
    note: [
      ...[school.short_name, school.code],
      ...(school.former_names.length > 0 ? [`曾用名 ${school.former_names.join('、')}`] : []),
    ]
      .filter((part) => part !== null)
      .join(' '),
  }));
}
