import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, ActorLevel, PostName, Scope } from '#domain/access/actor.ts';
import { type Permission, tokenPermissions } from '#domain/access/permissions.ts';
import { heldPosts, ownPost, postColumns } from './post-columns.ts';

/** The cookie that better-auth sets; the prefix is ours. */
export const SESSION_COOKIE = 'dudao.session_token';

/** The signed-in person, what they may touch, and what they must do before they can work. */
export interface Signed {
  readonly actor: Actor;
  readonly scope: Scope;
  /** Null for a personal access token. */
  readonly sessionId: string | null;
  /** How many posts the person could work in; where the request names one, only that one is counted. */
  readonly posts: number;
  /** False where the request names a post that the person does not hold, or no longer holds. */
  readonly postHeld: boolean;
  readonly lastSeenAt: Date;
  readonly mustChangePassword: boolean;
  readonly mustEnrolSecondFactor: boolean;
}

/** Anything that can run one parameterised statement; a `Lease` in the server. */
export interface Asking {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Credential {
  /** The value of the session cookie, already URL-decoded: `token.signature`. */
  readonly cookieToken?: string;
  /** The text after `Bearer `. It takes precedence over the cookie. */
  readonly bearer?: string;
  /** The post that the request names. Without a name it is the only post, or the one chosen at sign-in. */
  readonly post?: PostName;
}

interface SignedRow {
  session_id: string | null;
  token_id: string | null;
  token_permissions: string[] | null;
  last_seen_at: Date;
  id: string;
  username: string;
  name: string;
  posts: number;
  grant_id: string | null;
  stand_in_id: string | null;
  principal_id: string | null;
  principal_name: string | null;
  role: string | null;
  reach: ActorLevel | null;
  permissions: string[] | null;
  unit_id: number | null;
  school_id: number | null;
  places: number[] | null;
  schools: number[] | null;
  campaigns: string[] | null;
  must_change: boolean;
  must_enrol: boolean;
}

const personColumns = `
  p.id, p.username, p.name, ${postColumns},
  p.must_change_password
    or p.password_changed_at < $2::timestamptz - make_interval(days => (a.value ->> 'passwordDays')::int) as must_change,
  coalesce(r.second_factor, false) and not coalesce(p.two_factor_enabled, false)
    and (a.value ->> 'secondFactor')::boolean as must_enrol`;

/** The post that the request names ($3, $4). Without a name it is the only post, or the one chosen in this session. */
const chosenBySession = heldPosts(`case
  when $3::uuid is not null then held.grant_id = $3::uuid and held.stand_in_id is not distinct from $4::uuid
  else count(*) over () = 1 or (held.grant_id = s.grant_id and held.stand_in_id is not distinct from s.stand_in_id) end`);

/** A token acts for one post; a post that the request names must be the same. */
const chosenByToken = heldPosts('held.grant_id = t.grant_id and held.stand_in_id is null');

const bySession = sessionStatement(chosenBySession);
const bySessionInOwnPost = sessionStatement(ownPost());

function sessionStatement(post: string): string {
  return `
  select s.id as session_id, null as token_id, null as token_permissions, s.last_seen_at, ${personColumns}
    from sessions s join people p on p.id = s.user_id join settings a on a.key = 'access' ${post}
   where s.token = $1 and s.expires_at > $2
     and s.last_seen_at > $2::timestamptz - make_interval(mins => (a.value ->> 'idleMinutes')::int)
     and p.status = 'active'`;
}

const byToken = `
  select null as session_id, t.id as token_id, t.permissions as token_permissions,
         coalesce(t.last_used_at, '-infinity') as last_seen_at, ${personColumns}
    from access_tokens t join people p on p.id = t.person_id join settings a on a.key = 'access' ${chosenByToken}
   where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null and h.chosen
     and p.status = 'active'`;

export type LookUpSession = (asking: Asking, credential: Credential, now: Date) => Promise<Signed | null>;

/**
 * The person behind a credential, found with one statement, or with none where the cookie was not signed with our
 * secret. Null when there is no such session or token, when the person is disabled, or when it ended: by age, by
 * idleness, by sign-out, by lock, or, for a token, with its post.
 */
export function createSessionLookUp(options: { readonly secret: string }): LookUpSession {
  return async (asking, { cookieToken, bearer, post }, now) => {
    const token = bearer === undefined ? readSignedCookie(cookieToken, options.secret) : hashOfToken(bearer);
    if (token === null) return null;
    const ask = (statement: string, ...more: unknown[]) => asking.query<SignedRow>(statement, [token, now, ...more]);
    const [row] = await (bearer !== undefined
      ? ask(byToken)
      : post?.standInId === null
        ? ask(bySessionInOwnPost, post.grantId)
        : ask(bySession, post?.grantId ?? null, post?.standInId ?? null));
    return row === undefined ? null : signedFrom(row, post);
  };
}

/** How often "last seen" is written, in milliseconds. A session in memory must not be kept longer than this. */
export const seenEvery = 60_000;

/** Notes that the person was here. Call it outside the read and at most once a minute. */
export async function touchSession(asking: Asking, signed: Signed, now: Date): Promise<void> {
  const statement =
    signed.sessionId === null
      ? 'update access_tokens set last_used_at = $2 where id = $1'
      : 'update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2';
  await asking.query(statement, [signed.sessionId ?? signed.actor.tokenId, now]);
}

/** A token that was never used has minus infinity here, which the driver returns as a number. */
function seenAt(row: SignedRow): number {
  return row.last_seen_at instanceof Date ? row.last_seen_at.getTime() : 0;
}

function signedFrom(row: SignedRow, named: PostName | undefined): Signed {
  const held = (row.permissions ?? []) as Permission[];
  const given = row.token_permissions;
  // This also limits a token that was made when more permissions could be given.
  const narrowed = given === null ? held : held.filter((one) => given.includes(one) && tokenPermissions.includes(one));
  return {
    actor: {
      userId: row.id,
      username: row.username,
      name: row.name,
      role: row.role ?? '',
      level: row.reach ?? 'none',
      permissions: new Set(narrowed),
      post: row.grant_id === null ? null : { grantId: row.grant_id, standInId: row.stand_in_id },
      principal:
        row.principal_id === null ? null : { id: row.principal_id, name: row.principal_name ?? row.principal_id },
      unitId: row.unit_id,
      schoolId: row.school_id,
      tokenId: row.token_id,
    },
    scope: {
      places: row.places ?? [],
      schools: schoolsOf(row),
      campaigns: row.campaigns ?? [],
      person: row.id,
    },
    sessionId: row.session_id,
    posts: row.posts,
    postHeld: named === undefined || (named.grantId === row.grant_id && named.standInId === row.stand_in_id),
    lastSeenAt: new Date(seenAt(row)),
    // A program cannot change a password; its token ends on its own date.
    mustChangePassword: row.session_id !== null && row.must_change === true,
    mustEnrolSecondFactor: row.session_id !== null && row.must_enrol,
  };
}

/** The schools to which a post is narrowed; a post for a campaign reaches no school. */
function schoolsOf(row: SignedRow): readonly number[] | null {
  if (row.reach === 'campaign') return [];
  return row.school_id === null ? row.schools : [row.school_id];
}

/**
 * The content of a signed cookie, such as the token of a session, or null when the signature is not ours. A stolen copy
 * of the database therefore opens no session, because the secret lies beside the program and not in it. The form is
 * that of better-auth (HMAC-SHA256).
 */
export function readSignedCookie(value: string | undefined, secret: string): string | null {
  const dot = value?.lastIndexOf('.') ?? -1;
  if (value === undefined || dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const wanted = createHmac('sha256', secret).update(token).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? token : null;
}

/**
 * The stored hash of a secret that was shown once: a token or a set-up link. They are random, so a plain hash suffices.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
