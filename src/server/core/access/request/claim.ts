import type { AnyRoute, Upload } from '#contract/route.ts';
import type { Call } from '#platform/http/endpoint.ts';
import type { Claim } from '#platform/threads/turns.ts';
import { SESSION_COOKIE, type Signed } from '../session/session.ts';

/**
 * The claim of the look-up that finds out who calls. A cookie that we did not sign is refused without a look-up, so a
 * stranger cannot make up many callers; tokens can be made up, so they count for the address.
 */
export function claimOfLookUp(call: Call): Claim {
  const cookie = call.headers.authorization === undefined ? call.cookies[SESSION_COOKIE] : undefined;
  return { who: cookie === undefined ? addressOf(call) : `session ${cookie}`, bytes: bytesOf(call) };
}

/** The claim of a request's work, for the person, or for the address where nobody is signed in. */
export function claimOf(route: AnyRoute, call: Call, signed: Signed | null, params?: unknown): Claim {
  const who = signed === null ? addressOf(call) : `person ${signed.actor.userId}`;
  return { who, thing: thingOf(route, params), bytes: bytesOf(call), gone: call.gone };
}

/** The claim under which last-seen times are written: nobody waits for them, so they share few places. */
export const claimOfLastSeen: Claim = { who: 'last seen' };

/**
 * The one thing that a write changes: the path up to its first parameter, with the parameter's value. All acts on one
 * filing are therefore work on one thing. A write without a parameter concerns many things, or a new one.
 */
export function thingOf(route: AnyRoute, params: unknown): string | undefined {
  if (route.method === 'GET') return undefined;
  const found = /^(.*?):(\w+)/.exec(route.path);
  if (found === null) return undefined;
  const value = (params as Readonly<Record<string, unknown>> | undefined)?.[found[2] ?? ''];
  // An identifier can be written in capitals, and is the same one.
  return value === undefined ? undefined : `${found[1]}${String(value).toLowerCase()}`;
}

const addressOf = (call: Call) => `address ${call.address}`;

/** The size of a body that does not state it, for the queue: it may be as large as any. */
const unstated = 1024 * 1024;

function bytesOf(call: Call): number {
  if (call.receive !== undefined) return (call.body as Upload | undefined)?.file.bytes.length ?? 0;
  if (call.body === undefined || call.body === null) return 0;
  const stated = Number(call.headers['content-length'] ?? Number.NaN);
  return Number.isNaN(stated) ? unstated : stated;
}
