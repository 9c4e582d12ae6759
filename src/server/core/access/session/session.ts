import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, PostName, Scope } from '#domain/access/actor.ts';
import { type Permission, tokenPermissions } from '#domain/access/permissions.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Asker } from '#platform/jobs/port.ts';
import {
  type Asking,
  type ChangedPost,
  findByPost,
  findBySession,
  findByToken,
  findEndOfSession,
  listPostsThatEnded,
  type SignedRow,
} from './session.store.ts';

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

export interface Credential {
  /** The value of the session cookie, already URL-decoded: `token.signature`. */
  readonly cookieToken?: string;
  /** The text after `Bearer `. It takes precedence over the cookie. */
  readonly bearer?: string;
  /** The post that the request names. Without a name it is the only post, or the one chosen at sign-in. */
  readonly post?: PostName;
}

export type LookUpSession = (asking: Asking, credential: Credential, now: Date) => Promise<Signed | null>;

/**
 * The person behind a credential, found with one statement, or with none where the cookie was not signed with our
 * secret. Null when there is no such session or token, when the person is disabled, or when it ended: by age, by
 * idleness, by sign-out, by lock, or, for a token, with its post.
 * @throws session.endedElsewhere where a newer sign-in or a new password ended it, session.postsChanged where the session ended because the person got or lost a post
 */
export function createSessionLookUp(options: { readonly secret: string }): LookUpSession {
  return async (asking, { cookieToken, bearer, post }, now) => {
    const token = bearer === undefined ? readSignedCookie(cookieToken, options.secret) : hashOfToken(bearer);
    if (token === null) return null;
    const row = await (bearer === undefined
      ? findBySession(asking, token, now, post)
      : findByToken(asking, token, now));
    if (row !== undefined) return signedFrom(row, post);
    if (bearer !== undefined) return null;
    const because = await findEndOfSession(asking, token);
    if (because !== null) throw problem('session.endedElsewhere', { because });
    const changed = await listPostsThatEnded(asking, token, now);
    if (changed.length > 0) throw problem('session.postsChanged', { changes: changed.map(wordsOf) });
    return null;
  };
}

/**
 * Who asked for a job, in the post of then as it is held now; undefined where the person, the post or the token by which the person asked
 * has ended.
 */
export async function findInPost(
  asking: Asking,
  { personId, ...post }: Asker & { readonly tokenId: string | null },
  now: Date,
): Promise<Signed | undefined> {
  const row = await findByPost(asking, personId, now, post);
  return row && signedFrom(row, undefined);
}

/** What became of a post, as the sign-in says it. */
function wordsOf({ role, place, given }: ChangedPost): string {
  const post = place === null ? role : `${role}（${place}）`;
  return given ? `获得了${post}的岗位` : `不再担任${post}`;
}

/** How often "last seen" is written, in milliseconds. A session in memory must not be kept longer than this. */
export const seenEvery = 60_000;

/** A token that was never used has minus infinity here, which the driver returns as a number. */
function seenAt(row: SignedRow): number {
  return row.lastSeenAt instanceof Date ? row.lastSeenAt.getTime() : 0;
}

/** The session behind a request on a route that asks for one (`ownSession`). */
export function ownSessionOf({ sessionId }: { readonly sessionId: string | null }): string {
  if (sessionId === null) throw new Error('the route asks for no session of the person');
  return sessionId;
}

function signedFrom(row: SignedRow, named: PostName | undefined): Signed {
  const held = (row.permissions ?? []) as Permission[];
  const given = row.tokenPermissions;
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
      post: row.grantId === null ? null : { grantId: row.grantId, standInId: row.standInId },
      principal: row.principalId === null ? null : { id: row.principalId, name: row.principalName ?? row.principalId },
      unitId: row.unitId,
      schoolId: row.schoolId,
      sectionId: row.sectionId,
      tokenId: row.tokenId,
    },
    scope: {
      places: row.places ?? [],
      schools: schoolsOf(row),
      campaigns: row.campaigns ?? [],
      person: row.id,
      post: row.grantId,
    },
    sessionId: row.sessionId,
    posts: row.posts,
    postHeld: named === undefined || (named.grantId === row.grantId && named.standInId === row.standInId),
    lastSeenAt: new Date(seenAt(row)),
    // A program cannot change a password; its token ends on its own date.
    mustChangePassword: row.tokenId === null && row.mustChange === true,
    mustEnrolSecondFactor: row.tokenId === null && row.mustEnrol,
  };
}

/** The schools to which a post is narrowed; a post for a campaign reaches no school. */
function schoolsOf(row: SignedRow): readonly number[] | null {
  if (row.reach === 'campaign') return [];
  return row.schools ?? (row.schoolId === null ? null : [row.schoolId]);
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
  const signature = value.slice(dot + 1);
  const given = Buffer.from(signature, 'base64');
  // Node reads base64 leniently; one session has one spelling.
  if (given.toString('base64') !== signature) return null;
  const wanted = createHmac('sha256', secret).update(token).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? token : null;
}

/**
 * The stored hash of a secret that was shown once: a token or a set-up link. They are random, so a plain hash suffices.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
