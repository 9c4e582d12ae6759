import type { AccessHandle, AccessSettings } from '#core/access/account/accounts.store.ts';

/** Writes the settings of signing in; false when somebody else was quicker. */
export async function writeAccessSettings(
  db: AccessHandle,
  value: AccessSettings,
  revision: number,
  by: string,
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('settings')
    .set({ value: JSON.stringify(value), revision: revision + 1, updated_at: now, updated_by: by })
    .where('key', '=', 'access')
    .where('revision', '=', revision)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
