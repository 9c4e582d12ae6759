import { sql } from 'kysely';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import type { StandingPost } from '#core/access/grant/grants.store.ts';
import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Guesses } from '#domain/access/lockout.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { inChineseOrder } from '#platform/db/listing.ts';

type UnitLevel = 'province' | 'city' | 'county';

export interface SessionUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly name: string;
  readonly shortName: string;
  readonly alsoFoundBy: string;
}

/**
 * The place of a signed-in person: the path of units down to the person's unit, the school, the counties they may
 * choose among. A school stands in one county; those where it lay before are in its scope for what it filed there, not
 * to be chosen.
 */
export async function findSessionPlace(db: AccessHandle, actor: Actor, scope: Scope) {
  const role = await db
    .selectFrom('roles')
    .where('key', '=', actor.role)
    .select(['name', 'second_factor'])
    .executeTakeFirst();
  const units = await db
    .selectFrom('org_units')
    .select([
      'id',
      'kind as level',
      'name',
      'short_name as shortName',
      'also_found_by as alsoFoundBy',
      'parent_id as parentId',
    ])
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const plain = (unit: (typeof units)[number]): SessionUnit => ({
    id: unit.id,
    level: unit.level as UnitLevel,
    name: unit.name,
    shortName: unit.shortName,
    alsoFoundBy: unit.alsoFoundBy ?? '',
  });
  const path: SessionUnit[] = [];
  for (let at = actor.unitId; at !== null && path.length < 5; ) {
    const unit = byId.get(at);
    if (unit === undefined) break;
    path.unshift(plain(unit));
    at = unit.parentId;
  }
  const school =
    actor.schoolId === null || actor.unitId === null
      ? undefined
      : await db
          .selectFrom('schools')
          .where('county_id', '=', actor.unitId)
          .where('id', '=', actor.schoolId)
          .select(['id', 'code', 'name', 'status', 'closed_on'])
          .executeTakeFirst();
  const ended = school?.closed_on ? { day: school.closed_on, into: await findHost(db, school.id) } : null;
  return {
    roleName: role?.name ?? '尚未授予角色',
    secondFactor: role?.second_factor ?? false,
    path,
    school: school ? { id: school.id, code: school.code, name: school.name, ended } : null,
    counties: units
      .filter(
        (unit) =>
          unit.level === 'county' &&
          (actor.schoolId === null ? scope.places.includes(unit.id) : unit.id === actor.unitId),
      )
      .map(plain),
  };
}

/** The school into which this one was merged. */
async function findHost(db: AccessHandle, id: number): Promise<{ id: number; name: string } | null> {
  const found = await sql<{ id: number; name: string }>`
    select s.id, s.name
      from school_places guest
      join school_places host on host.school_id = guest.into_school_id
      join schools s on s.county_id = host.county_id and s.id = host.school_id
     where guest.school_id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

/** Whom to ask: the people with an active account whose role holds one of these permissions, by name. */
export async function listAskedFor(db: AccessHandle, permissions: readonly Permission[]) {
  const found = await sql<{ permission: Permission; name: string; phone: string | null }>`
    select wanted.permission, p.name, p.phone
      from unnest(${[...permissions]}::text[]) wanted (permission)
      join people p on p.status = 'active' and exists (
        select 1 from grants g join roles r on r.key = g.role_key
         where g.person_id = p.id and g.revoked_at is null and wanted.permission = any(r.permissions))
     order by ${inChineseOrder(sql`p.name`)}, p.username`.execute(db);
  return (wanted: Permission) =>
    found.rows.flatMap(({ permission, name, phone }) => (permission === wanted ? [{ name, phone }] : []));
}

/** The names of the units and schools of posts, with their sections, by grant. */
export async function listPostPlaces(
  db: AccessHandle,
  posts: readonly Pick<StandingPost, 'grantId' | 'unitId' | 'schoolId'>[],
): Promise<ReadonlyMap<string, string>> {
  if (posts.every((post) => post.unitId === null && post.schoolId === null)) return new Map();
  const found = await sql<{ id: string; name: string }>`
    select g.id, concat_ws(' ', coalesce(u.name, s.name), k.name) as name
      from grants g
      left join org_units u on u.id = g.unit_id
      left join org_units k on k.id = g.section_id
      left join school_places sp on sp.school_id = g.school_id
      left join schools s on s.county_id = sp.county_id and s.id = sp.school_id
     where g.id = any(${posts.map((post) => post.grantId)}::uuid[]) and (u.id is not null or s.id is not null)`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.id, row.name]));
}

/** One's own sign-ins that still hold, those used last: not over, and not idle for too long. */
export async function listOwnSessions(db: AccessHandle, personId: string, now: Date, alive: Date) {
  return db
    .selectFrom('sessions')
    .where('user_id', '=', personId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', alive)
    .orderBy('last_seen_at', 'desc')
    .limit(newestEntries)
    .select([
      'id',
      'ip_address as address',
      'user_agent as userAgent',
      'created_at as startedAt',
      'last_seen_at as lastSeenAt',
    ])
    .execute();
}

/** Whether the norm, and the setting of this installation, ask one of a person's roles for a second factor. */
export async function isSecondFactorRequired(db: AccessHandle, roles: readonly string[]): Promise<boolean> {
  const found = await sql<{ required: boolean }>`
    select bool_or(r.second_factor) and bool_and((a.value ->> 'secondFactor')::boolean) as required
      from roles r join settings a on a.key = 'access' where r.key = any(${[...roles]}::text[])`.execute(db);
  return found.rows[0]?.required ?? false;
}

/** The wrong tries before this sign-in that its owner is told; null where there were none. */
export async function findGuesses(db: AccessHandle, sessionId: string): Promise<Guesses | null> {
  const found = await db.selectFrom('sessions').where('id', '=', sessionId).select('guessed').executeTakeFirst();
  return found?.guessed ?? null;
}
