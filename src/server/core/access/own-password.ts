import { problem } from '#domain/kit/problem.ts';
import { recordAudit } from '../audit/audit.store.ts';
import { isPasswordOf } from './guest.ts';
import { beginTry, type Claimant, failTry, type Knock, reading, sourceOf, writing } from './knock.ts';
import { endSession, passwordHashes } from './people.store.ts';
import type { Signed } from './session.ts';

/** Somebody who signed in; a token proves nothing and changes nothing of its owner. */
export interface SignedPerson extends Signed {
  readonly sessionId: string;
}

/** @throws access.sessionOnly where a token speaks, or nobody */
export function signedPerson(signed: Signed | null): SignedPerson {
  if (signed === null || signed.sessionId === null) throw problem('access.sessionOnly');
  return { ...signed, sessionId: signed.sessionId };
}

/**
 * Asks the signed-in person for the password again, before it or the second factor is changed: a session that was left
 * open, or stolen, is no proof. Guesses share the five of signing in, are recorded, and the last one ends the session.
 * @throws access.passwordWrong, access.locked, request.tooMany
 */
export async function assertOwnPassword(knock: Knock, signed: SignedPerson, password: string): Promise<void> {
  const { actor, sessionId } = signed;
  const claimant: Claimant = { account: actor.username, personId: actor.userId, actor };
  const attempt = await beginTry(knock, claimant);
  const [current] = await reading(knock, (db) => passwordHashes(db, actor.userId, 1));
  if (current !== undefined && (await isPasswordOf(current, password))) return attempt.succeeded();
  const lock = await failTry(knock, claimant, attempt, 'current-password');
  if (lock === null) throw problem('access.passwordWrong', { attemptsLeft: attempt.left });
  await writing(knock, async (db) => {
    await endSession(db, sessionId);
    await recordAudit(db, sourceOf(knock, actor), {
      action: 'session.ended',
      objectType: 'session',
      objectId: sessionId,
    });
  });
  throw lock;
}
