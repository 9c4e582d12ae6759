import { problem } from '#domain/kit/problem.ts';
import { recordAudit } from '../../audit/audit.store.ts';
import { endSession, listPasswordHashes } from '../account/accounts.store.ts';
import { isPasswordOf } from '../auth/auth.ts';
import { ownSessionOf, type Signed } from '../session/session.ts';
import { type Claimant, failTry, type ProofRequest, reading, sourceOf, withTry, writing } from '../sign-in/proof.ts';

/** A person who signed in. A token proves nothing about its owner and changes nothing of the owner's credentials. */
export interface SignedPerson extends Signed {
  readonly sessionId: string;
}

/** The person of a request on a route that asks for a session of the person (`ownSession`). */
export function signedPerson(signed: Signed | null): SignedPerson {
  if (signed === null) throw new Error('the route is open to everybody');
  return { ...signed, sessionId: ownSessionOf(signed) };
}

/**
 * Asks the signed-in person for the password again before the password or the second factor is changed. A session that
 * was left open or stolen proves nothing. Wrong guesses share the limit of five with signing in and are recorded; the
 * last one ends the session.
 * @throws access.passwordWrong, access.locked, request.tooMany
 */
export async function assertOwnPassword(request: ProofRequest, signed: SignedPerson, password: string): Promise<void> {
  const { actor, sessionId } = signed;
  const claimant: Claimant = { account: actor.username, personId: actor.userId, actor };
  await withTry(request, claimant, async (attempt) => {
    const [current] = await reading(request, (db) => listPasswordHashes(db, actor.userId, 1));
    if (current !== undefined && (await isPasswordOf(current, password))) {
      await attempt.succeeded();
      return;
    }
    const lock = await failTry(request, claimant, attempt, 'current-password');
    if (lock === null) throw problem('access.passwordWrong', { attemptsLeft: attempt.left });
    await writing(request, async (db) => {
      await endSession(db, sessionId);
      await recordAudit(db, sourceOf(request, actor), {
        action: 'session.ended',
        objectType: 'session',
        objectId: sessionId,
      });
    });
    throw lock;
  });
}
