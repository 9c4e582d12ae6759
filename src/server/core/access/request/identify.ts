import type { AnyRoute } from '#contract/route.ts';
import { type Actor, type PostName, reachesAsFar, readPostText, requiredReachTitles } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { isProblem, problem } from '#domain/kit/problem.ts';
import type { Call } from '#platform/http/endpoint.ts';
import type { Asking } from '../session/session.store.ts';
import { type LookUpSession, SESSION_COOKIE, type Signed } from '../session/session.ts';

/** The header by which a request names its post. A link that the browser follows by itself names it with `?post=`. */
export const postHeader = 'x-dudao-post';

/** Permissions of a route as a list; empty for `public` and `signed-in`. */
export function permissionsOf(route: AnyRoute): readonly Permission[] {
  if (route.access === 'public' || route.access === 'signed-in') return [];
  return (typeof route.access === 'string' ? [route.access] : route.access) as readonly Permission[];
}

/**
 * The person and the post behind a request, by cookie or token; null for nobody on a route that is open to everybody.
 * @throws session.missing, session.endedElsewhere, session.postsChanged, access.foreignOrigin, access.sessionOnly, access.postChanged, access.passwordChange, access.secondFactor,
 *   access.postNeeded, access.denied, access.reachTooShort
 */
export async function identify(
  lookUp: LookUpSession,
  asking: Asking,
  route: AnyRoute,
  call: Call,
  now: Date,
): Promise<Signed | null> {
  const cookieToken = call.cookies[SESSION_COOKIE];
  const bearer = bearerOf(call.headers.authorization);
  if (cookieToken === undefined && bearer === undefined) {
    if (route.access === 'public') return null;
    throw problem('session.missing');
  }
  if (bearer === undefined && route.method !== 'GET') assertSameOrigin(call);
  const post = postChooses(route) ? undefined : postNamed(call);
  const signed = await lookUp(
    asking,
    {
      ...(cookieToken === undefined ? {} : { cookieToken }),
      ...(bearer === undefined ? {} : { bearer }),
      ...(post === undefined ? {} : { post }),
    },
    now,
  ).catch((refusal: unknown) => {
    // Whoever signs in again still sends the cookie of the session that ended.
    if (route.access === 'public' && isProblem(refusal) && refusal.code.startsWith('session.')) return null;
    throw refusal;
  });
  if (signed === null) {
    if (route.access === 'public') return null;
    throw problem('session.missing');
  }
  if (route.ownSession && signed.sessionId === null) throw problem('access.sessionOnly');
  if (!signed.postHeld) throw problem('access.postChanged');
  // Overdue requirements come first. Until they are met, the person can only manage the own session.
  if (route.access !== 'public' && !route.name.startsWith('session.')) assertNothingOverdue(signed);
  const wanted = permissionsOf(route);
  if (wanted.length > 0 && !wanted.some((permission) => signed.actor.permissions.has(permission))) {
    throw signed.actor.post === null && signed.posts > 1 ? problem('access.postNeeded') : problem('access.denied');
  }
  if (route.reach !== undefined && !reachesAsFar(signed.actor, route.reach)) {
    throw problem('access.reachTooShort', { reach: requiredReachTitles[route.reach] });
  }
  return signed;
}

/** @throws access.passwordChange, access.secondFactor where the person has to do this before any work */
export function assertNothingOverdue(signed: Pick<Signed, 'mustChangePassword' | 'mustEnrolSecondFactor'>): void {
  if (signed.mustChangePassword) throw problem('access.passwordChange');
  if (signed.mustEnrolSecondFactor) throw problem('access.secondFactor');
}

/** Signing out and choosing a post are allowed in any state. */
function postChooses(route: AnyRoute): boolean {
  return route.access === 'public' || route.name === 'session.signOut' || route.name === 'session.choosePost';
}

/** The post that a request names. A malformed name is treated as a post that nobody holds. */
function postNamed(call: Call): PostName | undefined {
  const header = call.headers[postHeader];
  const text = header ?? (call.query as { post?: unknown } | undefined)?.post;
  if (text === undefined) return undefined;
  const post = typeof text === 'string' ? readPostText(text) : undefined;
  if (post === undefined) throw problem('access.postChanged');
  return post;
}

function bearerOf(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice(7).trim() : undefined;
}

/**
 * A write that is authenticated by a cookie must come from our own pages. Browsers say where a request comes from.
 * Programs without a browser send neither header, and carry no foreign cookie either.
 */
function assertSameOrigin(call: Call): void {
  const site = call.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw problem('access.foreignOrigin');
  const origin = call.headers.origin;
  if (origin !== undefined && hostOf(origin) !== call.headers.host) {
    throw problem('access.foreignOrigin');
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** The value used for nobody where a handler asks who acts. */
export const stranger: Actor = {
  userId: '',
  username: '',
  name: '',
  role: '',
  level: 'none',
  permissions: new Set(),
  post: null,
  principal: null,
  unitId: null,
  schoolId: null,
  sectionId: null,
  tokenId: null,
};
