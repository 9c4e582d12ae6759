import type { Guesses } from '#domain/access/lockout.ts';
import { mobileNumber } from '#domain/access/mobile.ts';
import { normalUsername } from '#domain/access/username.ts';
import { mostSessions } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { recordAudit } from '../../audit/audit.store.ts';
import { endOtherSessionsOf, endSession, findPersonChallenged, writeSessionStart } from '../account/accounts.store.ts';
import { addressHeader } from '../auth/auth.ts';
import type { AuthService } from '../auth/auth-service.ts';
import { readSignedCookie, SESSION_COOKIE } from '../session/session.ts';
import type { Attempt } from './attempts.ts';
import {
  type Claimant,
  failTry,
  type ProofRequest,
  reading,
  recordRefusal,
  sourceOf,
  withTry,
  writing,
} from './proof.ts';
import { findAccountTyped, getSignedIn } from './sign-in.store.ts';
import { takeTimeStep } from './time-step.ts';

/** better-auth's cookie of a sign-in that waits for its second factor. */
const challengeCookie = 'dudao.two_factor';

export interface Opened {
  readonly state: 'signed-in' | 'second-factor';
  /** Raw `Set-Cookie` lines for the reply. */
  readonly cookies: readonly string[];
}

/**
 * Signs in by name or mobile number, and password. Unknown names and numbers, wrong passwords and locked accounts take the
 * same path and get the same answer. Tries count for what was typed: a count that went on where the other has begun it would
 * say whose number it is. Whoever signs in ends both.
 * @throws access.signInFailed, access.locked, access.disabled, request.tooMany
 */
export async function signIn(
  service: AuthService,
  request: ProofRequest,
  given: { readonly username: string; readonly password: string },
): Promise<Opened> {
  const typed = { username: normalUsername(given.username), mobile: mobileNumber(given.username) };
  const found = await reading(request, (db) => findAccountTyped(db, typed));
  const account = typed.mobile ?? typed.username;
  const claimant = { account, personId: found?.id ?? null, actor: null };
  const username = found?.username ?? account;
  return withTry(request, claimant, (attempt) =>
    proveByPassword(service, request, claimant, attempt, { ...given, username }),
  );
}

async function proveByPassword(
  service: AuthService,
  request: ProofRequest,
  claimant: Claimant,
  attempt: Attempt,
  given: { readonly username: string; readonly password: string },
): Promise<Opened> {
  const auth = await service.open();
  const answer = await answered(() =>
    auth.api.signInUsername({
      body: { username: given.username || '-', password: given.password },
      headers: headersOf(request),
      returnHeaders: true,
    }),
  );
  if (answer === null) {
    const lock = await failTry(request, claimant, attempt, 'password');
    throw lock ?? problem('access.signInFailed', { attemptsLeft: attempt.left });
  }
  const cookies = cookiesFor(request, answer.headers);
  if ('twoFactorRedirect' in answer.response) {
    // The first proof alone clears no count: otherwise a person who knows the password could guess codes without end.
    await attempt.withdrawn();
    return { state: 'second-factor', cookies };
  }
  await welcome(service, request, cookies, 'password', await attempt.succeeded());
  return { state: 'signed-in', cookies };
}

/**
 * Finishes a sign-in that waits for its second factor: six digits of the phone, or one of the backup codes. Wrong and
 * used codes are counted together with wrong passwords, for the account and this address.
 * @throws access.codeWrong, access.challengeOver, access.locked, access.disabled, request.tooMany
 */
export async function passSecondFactor(
  service: AuthService,
  request: ProofRequest,
  given: { readonly kind: 'totp' | 'backup'; readonly code: string },
): Promise<Opened> {
  const challenge = readSignedCookie(request.cookies[challengeCookie], service.secret);
  const person = challenge === null ? undefined : await reading(request, (db) => findPersonChallenged(db, challenge));
  if (person === undefined) throw problem('access.challengeOver');
  const claimant = { account: person.username, personId: person.id, actor: null };
  // better-auth writes the codes that are left only over those that it read, and would refuse a second code meanwhile.
  const prove = (attempt: Attempt) => proveByCode(service, request, claimant, attempt, given, person.id);
  return withTry(request, claimant, prove, `codes of ${person.id}`);
}

async function proveByCode(
  service: AuthService,
  request: ProofRequest,
  claimant: Claimant,
  attempt: Attempt,
  given: { readonly kind: 'totp' | 'backup'; readonly code: string },
  personId: string,
): Promise<Opened> {
  const wrong = async () => (await failTry(request, claimant, attempt, 'second-factor')) ?? problem('access.codeWrong');
  const auth = await service.open();
  if (given.kind === 'totp' && !(await writing(request, (db) => takeTimeStep(db, auth, personId, given.code)))) {
    throw await wrong();
  }
  // Passes on only this cookie. With a session cookie better-auth would check that session's person and count nothing.
  const cookie = `${challengeCookie}=${encodeURIComponent(request.cookies[challengeCookie] ?? '')}`;
  const options = {
    body: { code: given.code },
    headers: headersOf({ ...request, cookie }),
    returnHeaders: true,
  } as const;
  let failure = '';
  const answer = await answered(
    () => (given.kind === 'totp' ? auth.api.verifyTOTP(options) : auth.api.verifyBackupCode(options)),
    (code) => {
      failure = code;
    },
  );
  if (answer === null && (failure === 'INVALID_CODE' || failure === 'INVALID_BACKUP_CODE')) {
    throw await wrong();
  }
  if (answer === null) {
    await attempt.withdrawn();
    throw problem('access.challengeOver');
  }
  const cookies = cookiesFor(request, answer.headers);
  await welcome(service, request, cookies, given.kind, await attempt.succeeded());
  return { state: 'signed-in', cookies };
}

/**
 * After a successful sign-in: leaves one session only (unless the setting allows more), and writes a line in the audit.
 */
async function welcome(
  service: AuthService,
  request: ProofRequest,
  cookies: readonly string[],
  by: string,
  guessed: Guesses | null,
): Promise<void> {
  const token = tokenIn(cookies, service.secret);
  if (token === null) throw new Error('better-auth signed somebody in without setting our cookie');
  const disabled = await writing(request, async (db) => {
    const person = await getSignedIn(db, token);
    const actor = { userId: person.id, name: person.name, role: person.role ?? '' };
    if (person.status !== 'active') {
      await endSession(db, person.sessionId);
      await recordRefusal(db, request, { account: '', personId: person.id, actor }, 'disabled');
      return true;
    }
    await writeSessionStart(db, token, request.now, guessed);
    const keep = person.settings.endOlderSession === false ? mostSessions - 1 : 0;
    const ended = await endOtherSessionsOf(db, person.id, request.now, person.sessionId, 'newer', keep);
    await recordAudit(db, sourceOf(request, actor), {
      action: 'session.started',
      objectType: 'person',
      objectId: person.id,
      fields: [],
      after: { by, session: person.sessionId, device: request.userAgent?.slice(0, 300) ?? null, ended },
    });
    return false;
  });
  if (disabled) throw problem('access.disabled');
}

/** better-auth's answer, or null where it refuses; a fault is thrown on. */
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

/** The headers that better-auth gets: its own cookies, the browser's name and the address that we vouch for. */
export function headersOf(request: Pick<ProofRequest, 'cookie' | 'userAgent' | 'address'>): Headers {
  const headers = new Headers({ [addressHeader]: request.address });
  if (request.cookie !== undefined) headers.set('cookie', request.cookie);
  if (request.userAgent !== undefined) headers.set('user-agent', request.userAgent.slice(0, 300));
  return headers;
}

/** better-auth's cookies, for HTTPS only where the page itself came by HTTPS. */
export function cookiesFor(request: Pick<ProofRequest, 'origin'>, headers: Headers): string[] {
  const secure = request.origin?.startsWith('https://') ? '; Secure' : '';
  return headers.getSetCookie().map((line) => line + secure);
}

/** The session token in a list of `Set-Cookie` lines, or null. */
export function tokenIn(cookies: readonly string[], secret: string): string | null {
  const lines = cookies.filter((line) => line.startsWith(`${SESSION_COOKIE}=`));
  const value =
    lines
      .at(-1)
      ?.slice(SESSION_COOKIE.length + 1)
      .split(';')[0] ?? '';
  return readSignedCookie(decodeURIComponent(value), secret);
}
