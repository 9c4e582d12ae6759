import type pg from 'pg';
import type { ActorLevel, PostName } from '#domain/access/actor.ts';
import { type LeaseSource, withLease } from '#platform/db/handle.ts';
import { heldPosts, ownPost, postColumns } from './post-columns.store.ts';

/** Anything that can run one parameterised statement; a `Lease` in the server. */
export interface Asking {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Runs each statement on a connection of its own, so that none is held between two of them. */
export function askingEach(source: pg.Pool | LeaseSource): Asking {
  return { query: (text, values) => withLease(source, (held) => held.query(text, values)) };
}

/** The person behind a session or a token, in the post at work. */
export interface SignedRow {
  sessionId: string | null;
  tokenId: string | null;
  tokenPermissions: string[] | null;
  lastSeenAt: Date;
  id: string;
  username: string;
  name: string;
  posts: number;
  grantId: string | null;
  standInId: string | null;
  principalId: string | null;
  principalName: string | null;
  role: string | null;
  reach: ActorLevel | null;
  permissions: string[] | null;
  unitId: number | null;
  schoolId: number | null;
  sectionId: number | null;
  places: number[] | null;
  schools: number[] | null;
  campaigns: string[] | null;
  mustChange: boolean;
  mustEnrol: boolean;
}

const personColumns = `
  p.id, p.username, p.name, ${postColumns},
  p.must_change_password
    or p.password_changed_at < $2::timestamptz - make_interval(days => (a.value ->> 'passwordDays')::int) as "mustChange",
  coalesce(r.second_factor, false) and not coalesce(p.two_factor_enabled, false)
    and (a.value ->> 'secondFactor')::boolean as "mustEnrol"`;

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
  select s.id as "sessionId", null as "tokenId", null as "tokenPermissions", s.last_seen_at as "lastSeenAt", ${personColumns}
    from sessions s join people p on p.id = s.user_id join settings a on a.key = 'access' ${post}
   where s.token = $1 and s.expires_at > $2
     and s.last_seen_at > $2::timestamptz - make_interval(mins => (a.value ->> 'idleMinutes')::int)
     and p.status = 'active'`;
}

const byToken = `
  select null as "sessionId", t.id as "tokenId", t.permissions as "tokenPermissions",
         coalesce(t.last_used_at, '-infinity') as "lastSeenAt", ${personColumns}
    from access_tokens t join people p on p.id = t.person_id join settings a on a.key = 'access' ${chosenByToken}
   where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null and h.chosen
     and p.status = 'active'`;

/** The session with this token that holds now, in the post that the request names; undefined where there is none. */
export async function findBySession(
  asking: Asking,
  token: string,
  now: Date,
  post: PostName | undefined,
): Promise<SignedRow | undefined> {
  const [row] =
    post?.standInId === null
      ? await asking.query<SignedRow>(bySessionInOwnPost, [token, now, post.grantId])
      : await asking.query<SignedRow>(bySession, [token, now, post?.grantId ?? null, post?.standInId ?? null]);
  return row;
}

/** A post that began or ended: its role, its place, and which of the two. */
export interface ChangedPost {
  readonly role: string;
  readonly place: string | null;
  readonly given: boolean;
}

/** Why this session ended, where another sign-in or a new password ended it; null otherwise. */
export async function findEndOfSession(asking: Asking, token: string): Promise<'newer' | 'password' | null> {
  const [row] = await asking.query<{ because: 'newer' | 'password' | null }>(
    'select ended_because as because from sessions where token = $1',
    [token],
  );
  return row?.because ?? null;
}

/** The posts that this person got or lost at the very moment at which this session ended; empty where it ended otherwise. */
export async function listPostsThatEnded(asking: Asking, token: string, now: Date): Promise<ChangedPost[]> {
  return asking.query<ChangedPost>(
    `select r.name as role, coalesce(u.name, c.name) as place, s.expires_at = g.granted_at as given
       from sessions s
       join grants g on g.person_id = s.user_id and s.expires_at in (g.granted_at, g.revoked_at)
       join roles r on r.key = g.role_key
       left join org_units u on u.id = g.unit_id
       left join school_places p on p.school_id = g.school_id
       left join schools c on c.county_id = p.county_id and c.id = p.school_id
      where s.token = $1 and s.expires_at <= $2 order by r.sort_order, place limit 6`,
    [token, now],
  );
}

/** The access token with this hash that holds now; undefined where there is none. */
export async function findByToken(asking: Asking, hash: string, now: Date): Promise<SignedRow | undefined> {
  const [row] = await asking.query<SignedRow>(byToken, [hash, now]);
  return row;
}

const byPost = `
  select null as "sessionId", $5::uuid as "tokenId", t.permissions as "tokenPermissions", $2::timestamptz as "lastSeenAt", ${personColumns}
    from people p join settings a on a.key = 'access'
         ${heldPosts('held.grant_id = $3::uuid and held.stand_in_id is not distinct from $4::uuid')}
         left join access_tokens t on t.id = $5::uuid and t.person_id = p.id and t.grant_id = h.grant_id
           and t.expires_at > $2 and t.revoked_at is null
   where p.id = $1 and h.chosen and p.status = 'active' and ($5::uuid is null or t.id is not null)`;

/**
 * A person in a post that is held now, without a session; undefined where the person, the post or the token has ended.
 * @param tokenId the token that acts for the person; null: none does
 */
export async function findByPost(
  asking: Asking,
  personId: string,
  now: Date,
  { grantId, standInId, tokenId }: PostName & { readonly tokenId: string | null },
): Promise<SignedRow | undefined> {
  const [row] = await asking.query<SignedRow>(byPost, [personId, now, grantId, standInId, tokenId]);
  return row;
}

/** Notes that the person was here. Call it outside the read and at most once a minute. */
export async function writeLastSeen(
  asking: Asking,
  { sessionId, actor }: { readonly sessionId: string | null; readonly actor: { readonly tokenId: string | null } },
  now: Date,
): Promise<void> {
  const statement =
    sessionId === null
      ? 'update access_tokens set last_used_at = $2 where id = $1'
      : 'update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2';
  await asking.query(statement, [sessionId ?? actor.tokenId, now]);
}
