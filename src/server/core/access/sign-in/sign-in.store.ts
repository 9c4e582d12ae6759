import type { AccessHandle, AccessSettings } from '../account/accounts.store.ts';

/**
 * The account to which a typed user name or mobile number leads; undefined where it leads to none. It is one statement either
 * way, so that the time tells nobody whether a number is one of ours.
 */
export async function findAccountTyped(
  db: AccessHandle,
  { username, mobile }: { readonly username: string; readonly mobile: string | null },
): Promise<{ id: string; username: string } | undefined> {
  return db
    .selectFrom('people')
    .where((is) => is.or([is('username', '=', username), is('mobile', '=', mobile)]))
    .select(['id', 'username'])
    .executeTakeFirst();
}

/** The person whom better-auth has just signed in, and the settings of signing in. */
export async function getSignedIn(db: AccessHandle, token: string) {
  const { settings, ...row } = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.user_id')
    .innerJoin('settings', (join) => join.onTrue())
    .where('settings.key', '=', 'access')
    .where('sessions.token', '=', token)
    .select(['sessions.id as sessionId', 'people.id', 'people.name', 'people.status', 'settings.value as settings'])
    // The role of the only post; with several posts, none is chosen yet.
    .select((of) =>
      of
        .selectFrom('grants')
        .whereRef('grants.person_id', '=', 'people.id')
        .where('grants.revoked_at', 'is', null)
        .having((is) => is.fn.countAll(), '=', 1)
        .select((is) => is.fn.max('grants.role_key').as('role'))
        .as('role'),
    )
    .executeTakeFirstOrThrow();
  return { ...row, settings: settings as Partial<AccessSettings> };
}
