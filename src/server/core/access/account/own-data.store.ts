import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';

export type OwnDataHandle = Handle<
  'people',
  | 'audit_events'
  | 'sessions'
  | 'second_factors'
  | 'grants'
  | 'roles'
  | 'stand_ins'
  | 'access_tokens'
  | 'mail_addresses'
  | 'mail_refusals'
  | 'notice_reads'
  | 'notice_deliveries'
  | 'org_units'
  | 'schools'
  | 'school_places'
>;

/** What is kept of a person: secrets and their hashes are left out, and what the person did stands with the things done. */
export interface OwnData {
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly username: string;
    readonly phone: string | null;
    /** The number that signs in, and one that waits to be looked at. */
    readonly mobile: string | null;
    readonly mobileAsked: string | null;
    readonly status: 'active' | 'disabled';
    readonly createdAt: Date;
    readonly passwordChangedAt: Date | null;
    readonly secondFactor: boolean;
    readonly revision: number;
  };
  readonly posts: readonly {
    readonly role: string;
    readonly place: string | null;
    readonly section: string | null;
    readonly grantedAt: Date;
    readonly revokedAt: Date | null;
  }[];
  /** For posts of the person, and by the person for others. */
  readonly standIns: readonly {
    readonly principal: string;
    readonly standIn: string;
    readonly role: string;
    readonly from: Date;
    readonly until: string;
    readonly endedAt: Date | null;
  }[];
  readonly sessions: readonly {
    readonly address: string | null;
    readonly device: string | null;
    readonly startedAt: Date;
    readonly lastSeenAt: Date;
  }[];
  readonly tokens: readonly {
    readonly name: string;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly lastUsedAt: Date | null;
    readonly revokedAt: Date | null;
  }[];
  readonly mail: {
    readonly address: string | null;
    readonly confirmedAt: Date | null;
    readonly quietFrom: number | null;
    readonly quietUntil: number | null;
    readonly digestAt: number | null;
    readonly refused: number;
  } | null;
}

/** @returns undefined where there is no such person */
export async function findOwnAccount(db: OwnDataHandle, personId: string): Promise<OwnData['account'] | undefined> {
  const found = await sql<OwnData['account']>`
    select p.id, p.name, p.username, p.phone, p.mobile, p.mobile_asked as "mobileAsked", p.status, p.created_at as "createdAt",
           p.password_changed_at as "passwordChangedAt", coalesce(p.two_factor_enabled, false) as "secondFactor", p.revision
      from people p where p.id = ${personId}::uuid`.execute(db);
  return found.rows[0];
}

/** @returns undefined where there is no such person */
export async function findOwnData(db: OwnDataHandle, personId: string): Promise<OwnData | undefined> {
  const account = await findOwnAccount(db, personId);
  if (account === undefined) return undefined;
  const posts = await sql<OwnData['posts'][number]>`
    select r.name as role, coalesce(u.name, s.name) as place, c.name as section, g.granted_at as "grantedAt",
           g.revoked_at as "revokedAt"
      from grants g
      join roles r on r.key = g.role_key
      left join org_units u on u.id = g.unit_id
      left join org_units c on c.id = g.section_id
      left join school_places l on l.school_id = g.school_id
      left join schools s on s.county_id = l.county_id and s.id = l.school_id
     where g.person_id = ${personId}::uuid order by g.granted_at, g.id`.execute(db);
  const standIns = await sql<OwnData['standIns'][number]>`
    select h.name as principal, p.name as "standIn", r.name as role, i.valid_from as "from", i.until::text,
           i.ended_at as "endedAt"
      from stand_ins i
      join grants g on g.id = i.grant_id
      join roles r on r.key = g.role_key
      join people h on h.id = g.person_id
      join people p on p.id = i.person_id
     where ${personId}::uuid in (g.person_id, i.person_id) order by i.valid_from, i.id`.execute(db);
  const sessions = await sql<OwnData['sessions'][number]>`
    select ip_address as address, user_agent as device, created_at as "startedAt", last_seen_at as "lastSeenAt"
      from sessions where user_id = ${personId}::uuid and last_seen_at > '-infinity' order by created_at, id`.execute(
    db,
  );
  const tokens = await sql<OwnData['tokens'][number]>`
    select name, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt",
           revoked_at as "revokedAt"
      from access_tokens where person_id = ${personId}::uuid order by created_at, id`.execute(db);
  const mail = await sql<NonNullable<OwnData['mail']>>`
    select m.address, m.confirmed_at as "confirmedAt", m.quiet_from as "quietFrom", m.quiet_until as "quietUntil",
           m.digest_at as "digestAt",
           (select count(*)::int from mail_refusals f where f.person_id = m.person_id) as refused
      from mail_addresses m where m.person_id = ${personId}::uuid`.execute(db);
  return {
    account,
    posts: posts.rows,
    standIns: standIns.rows,
    sessions: sessions.rows,
    tokens: tokens.rows,
    mail: mail.rows[0] ?? null,
  };
}

/**
 * The telephone number as its person corrects it.
 * @returns false where somebody else was quicker
 */
export async function updateOwnPhone(
  db: OwnDataHandle,
  personId: string,
  { phone, revision, now }: { readonly phone: string | null; readonly revision: number; readonly now: Date },
): Promise<boolean> {
  const changed = await db
    .updateTable('people')
    .set({ phone, updated_at: now, revision: revision + 1 })
    .where('id', '=', personId)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
