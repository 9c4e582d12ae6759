import type { PostName } from '#domain/access/actor.ts';
import { lockout } from '#domain/access/lockout.ts';
import type { AccessHandle } from '../account/accounts.store.ts';

/**
 * Removes sessions and half sign-ins that are over, and counts of failures that no longer count. Returns the number of
 * removed rows.
 */
export async function deleteWhatIsOver(
  db: AccessHandle,
  now: Date,
): Promise<{ readonly sessions: number; readonly verifications: number }> {
  const yesterday = new Date(now.getTime() - 86_400_000);
  const sessions = await db.deleteFrom('sessions').where('expires_at', '<', now).executeTakeFirst();
  const verifications = await db.deleteFrom('verifications').where('expires_at', '<', now).executeTakeFirst();
  // Guesses wait for the owner, where there is one; addresses stay known.
  const known = new Date(now.getTime() - lockout.knownDays * 86_400_000);
  await db
    .deleteFrom('sign_in_failures')
    .where('counted_since', '<', yesterday)
    .where((is) => is.or([is('succeeded_at', 'is', null), is('succeeded_at', '<', known)]))
    .where((is) =>
      is.or([
        is('tries', '=', 0),
        is('counted_since', '<', known),
        is.not(
          is.exists(
            is
              .selectFrom('people')
              .where((of) =>
                of.or([
                  of('people.username', '=', of.ref('sign_in_failures.account')),
                  of('people.mobile', '=', of.ref('sign_in_failures.account')),
                ]),
              ),
          ),
        ),
      ]),
    )
    .execute();
  return { sessions: Number(sessions.numDeletedRows), verifications: Number(verifications.numDeletedRows) };
}

/** From now on requests of this session that name no post work in this one. */
export async function updateSessionPost(db: AccessHandle, sessionId: string, post: PostName): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ grant_id: post.grantId, stand_in_id: post.standInId })
    .where('id', '=', sessionId)
    .execute();
}

/** Ends one of one's own sign-ins; false when it is not one of them. */
export async function deleteOwnSession(db: AccessHandle, personId: string, sessionId: string): Promise<boolean> {
  const ended = await db
    .deleteFrom('sessions')
    .where('id', '=', sessionId)
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return Number(ended.numDeletedRows) === 1;
}
