import { nowhere } from '#domain/access/actor.ts';
import { normalUsername } from '#domain/access/username.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Lease } from '#platform/db/handle.ts';
import { recordAudit } from '../audit/audit.store.ts';
import type { Access } from './access.ts';
import { beginAttempt } from './attempts.ts';
import { addressHeader } from './guest.ts';
import { endSessionsOf } from './people.store.ts';
import { readSessionCookie, SESSION_COOKIE } from './session.ts';

/** Where a knock comes from, as the guest and the audit need to know it. */
export interface Knock {
  readonly held: Lease;
  readonly now: Date;
  readonly address: string;
  readonly requestId: string | null;
  readonly userAgent: string | undefined;
  /** The raw `Cookie` header. */
  readonly cookie: string | undefined;
  /** What the browser says about its own page; HTTPS there means cookies for HTTPS only. */
  readonly origin: string | undefined;
}

export interface Opened {
  readonly state: 'signed-in' | 'second-factor';
  /** Raw `Set-Cookie` lines for the reply. */
  readonly cookies: readonly string[];
}

/**
 * Signs in by name and password. Unknown names, wrong passwords and locked accounts take the same way and answer alike.
 * @throws access.signInFailed, access.locked, access.disabled, request.tooMany
 */
export async function signIn(
  access: Access,
  knock: Knock,
  given: { readonly username: string; readonly password: string },
): Promise<Opened> {
  const username = normalUsername(given.username);
  const attempt = await beginAttempt(knock.held, username, knock.address, knock.now).catch(async (refusal) => {
    await recordRefusal(knock, username, 'locked');
    throw refusal;
  });
  const guest = await access.guest();
  const answer = await answered(() =>
    guest.api.signInUsername({
      body: { username: username || '-', password: given.password },
      headers: headersOf(knock),
      returnHeaders: true,
    }),
  );
  if (answer === null) {
    await attempt.failed();
    await recordRefusal(knock, username, 'password');
    throw attempt.left > 0
      ? problem('access.signInFailed', { attemptsLeft: attempt.left })
      : problem('access.locked', { minutes: 15 });
  }
  await attempt.succeeded();
  const cookies = cookiesFor(knock, answer.headers);
  if ('twoFactorRedirect' in answer.response) return { state: 'second-factor', cookies };
  await welcome(access, knock, cookies, 'password');
  return { state: 'signed-in', cookies };
}

/**
 * Finishes a sign-in that waits for its second factor: six digits of the phone, or one of the backup codes.
 * @throws access.codeWrong, access.challengeOver, access.disabled
 */
export async function passSecondFactor(
  access: Access,
  knock: Knock,
  given: { readonly kind: 'totp' | 'backup'; readonly code: string },
): Promise<Opened> {
  const guest = await access.guest();
  const options = { body: { code: given.code }, headers: headersOf(knock), returnHeaders: true } as const;
  let failure = '';
  const answer = await answered(
    () => (given.kind === 'totp' ? guest.api.verifyTOTP(options) : guest.api.verifyBackupCode(options)),
    (code) => {
      failure = code;
    },
  );
  if (answer === null) {
    await recordRefusal(knock, '', 'second-factor');
    throw failure === 'INVALID_CODE' || failure === 'INVALID_BACKUP_CODE'
      ? problem('access.codeWrong')
      : problem('access.challengeOver');
  }
  const cookies = cookiesFor(knock, answer.headers);
  await welcome(access, knock, cookies, given.kind);
  return { state: 'signed-in', cookies };
}

/** After the door opened: one session only (unless the setting allows more), and a line in the audit. */
async function welcome(access: Access, knock: Knock, cookies: readonly string[], by: string): Promise<void> {
  const token = tokenIn(cookies, access.secret);
  const { held, now } = knock;
  const disabled = await held.writing(nowhere, async (db) => {
    const person = await db
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.user_id')
      .leftJoin('grants', (join) =>
        join.onRef('grants.person_id', '=', 'people.id').on('grants.revoked_at', 'is', null),
      )
      .innerJoin('settings', (join) => join.onTrue())
      .where('settings.key', '=', 'access')
      .where('sessions.token', '=', token)
      .select([
        'sessions.id as sessionId',
        'people.id',
        'people.name',
        'people.status',
        'grants.role_key',
        'settings.value',
      ])
      .executeTakeFirstOrThrow();
    const source = {
      actor: { userId: person.id, name: person.name, role: person.role_key ?? '' },
      address: knock.address,
      requestId: knock.requestId,
    };
    if (person.status !== 'active') {
      await db.deleteFrom('sessions').where('token', '=', token).execute();
      await recordAudit(db, source, refusal(person.id, 'disabled'));
      return true;
    }
    // The clock that the whole program goes by, so that idleness is counted by one clock only.
    await db.updateTable('sessions').set({ last_seen_at: now }).where('token', '=', token).execute();
    const ended =
      (person.value as { endOlderSession?: boolean }).endOlderSession === false
        ? 0
        : await endSessionsOf(db, person.id, person.sessionId);
    await recordAudit(db, source, {
      action: 'session.started',
      objectType: 'person',
      objectId: person.id,
      fields: [],
      after: { by, session: person.sessionId, device: knock.userAgent?.slice(0, 300) ?? null, ended },
    });
    return false;
  });
  if (disabled) throw problem('access.disabled');
}

/** A refused knock is remembered with the name that was typed, whether or not anybody bears it. */
async function recordRefusal(knock: Knock, username: string, reason: string): Promise<void> {
  await knock.held.writing(nowhere, (db) =>
    recordAudit(
      db,
      { actor: null, address: knock.address, requestId: knock.requestId },
      refusal(username.slice(0, 60) || '?', reason),
    ),
  );
}

function refusal(objectId: string, reason: string) {
  return { action: 'session.refused', objectType: 'person', objectId, fields: [], after: { reason } };
}

/** The guest's answer, or null where it says no; a fault stays a fault. */
export async function answered<Result>(
  ask: () => Promise<Result>,
  refused: (code: string) => void = () => {},
): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    const { statusCode, body } = error as { statusCode?: number; body?: { code?: string } };
    if (statusCode === undefined || statusCode >= 500) throw error;
    refused(body?.code ?? '');
    return null;
  }
}

/** What the guest is told of the request: its own cookies, the browser's name and the address that we vouch for. */
export function headersOf(knock: Pick<Knock, 'cookie' | 'userAgent' | 'address'>): Headers {
  const headers = new Headers({ [addressHeader]: knock.address });
  if (knock.cookie !== undefined) headers.set('cookie', knock.cookie);
  if (knock.userAgent !== undefined) headers.set('user-agent', knock.userAgent.slice(0, 300));
  return headers;
}

/** The guest's cookies, for HTTPS only where the page itself came by HTTPS. */
export function cookiesFor(knock: Pick<Knock, 'origin'>, headers: Headers): string[] {
  const secure = knock.origin?.startsWith('https://') ? '; Secure' : '';
  return headers.getSetCookie().map((line) => line + secure);
}

/** The session token that a list of `Set-Cookie` lines brings. */
function tokenIn(cookies: readonly string[], secret: string): string {
  const lines = cookies.filter((line) => line.startsWith(`${SESSION_COOKIE}=`));
  const value =
    lines
      .at(-1)
      ?.slice(SESSION_COOKIE.length + 1)
      .split(';')[0] ?? '';
  const token = readSessionCookie(decodeURIComponent(value), secret);
  if (token === null) throw new Error('the guest let somebody in without a cookie of ours');
  return token;
}
