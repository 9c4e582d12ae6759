import type { AccessHandle } from '#core/access/account/accounts.store.ts';

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
  await db.deleteFrom('sign_in_failures').where('counted_since', '<', yesterday).execute();
  return { sessions: Number(sessions.numDeletedRows), verifications: Number(verifications.numDeletedRows) };
}
