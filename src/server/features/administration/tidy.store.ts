import type { AccessHandle } from '#core/access/people.store.ts';

/** Removes sessions and half sign-ins that are over, and counts of failures that no longer count. */
export async function deleteWhatIsOver(db: AccessHandle, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - 86_400_000);
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('verifications').where('expires_at', '<', now).execute();
  await db.deleteFrom('sign_in_failures').where('counted_since', '<', yesterday).execute();
}
