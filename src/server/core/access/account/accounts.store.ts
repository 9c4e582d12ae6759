import { sql } from 'kysely';
import type { Guesses } from '#domain/access/lockout.ts';
import type { Handle } from '#platform/db/handle.ts';
import { writePeopleSearch } from './people-search.store.ts';

/** The tables of access. Only the stores of `core/access` write them, and the feature `settings` its own table. */
export type AccessHandle = Handle<
  | 'people'
  | 'sessions'
  | 'accounts'
  | 'verifications'
  | 'second_factors'
  | 'password_history'
  | 'sign_in_failures'
  | 'roles'
  | 'role_changes'
  | 'grants'
  | 'assignments'
  | 'stand_ins'
  | 'setup_links'
  | 'setup_codes'
  | 'access_tokens'
  | 'settings',
  'org_units' | 'schools' | 'school_places'
>;

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  /** In the form of `normalUsername`, and accepted by `usernameIssue`. */
  readonly username: string;
  readonly initials: string;
  readonly phone: string | null;
  /** Hash of the password, or of random bytes while none is chosen: an account without a hash would answer faster. */
  readonly hash: string;
  /** Null while the password is still to be chosen. */
  readonly passwordChangedAt: Date | null;
  readonly mustChangePassword: boolean;
  readonly createdBy: string | null;
  /** Who handed out the password; null where nobody did. */
  readonly passwordLinkBy: string | null;
}

/** Adds a person with the account that better-auth signs in by. */
export async function insertPerson(db: AccessHandle, person: NewPerson): Promise<void> {
  await db
    .insertInto('people')
    .values({
      id: person.id,
      name: person.name,
      username: person.username,
      email: `${person.id}@people.invalid`,
      initials: person.initials,
      phone: person.phone,
      password_changed_at: person.passwordChangedAt,
      must_change_password: person.mustChangePassword,
      created_by: person.createdBy,
      password_link_by: person.passwordLinkBy,
    })
    .execute();
  await db
    .insertInto('accounts')
    .values({
      // A person has one credential account, so the person's own id serves.
      id: person.id,
      user_id: person.id,
      account_id: person.id,
      provider_id: 'credential',
      password: person.hash,
    })
    .execute();
  await writePeopleSearch(db, [person.id]);
}

/** The person with this username; null when there is none. */
export async function findPersonNamed(db: AccessHandle, username: string): Promise<string | null> {
  const found = await db.selectFrom('people').where('username', '=', username).select('id').executeTakeFirst();
  return found?.id ?? null;
}

/** The person whose second factor better-auth waits for; undefined when it waits for none under this name. */
export async function findPersonChallenged(
  db: AccessHandle,
  challenge: string,
): Promise<{ id: string; username: string } | undefined> {
  return db
    .selectFrom('verifications')
    .innerJoin('people', (join) => join.on(sql`people.id::text`, '=', sql.ref('verifications.value')))
    .where('verifications.identifier', '=', challenge)
    .select(['people.id', 'people.username'])
    .executeTakeFirst();
}

/** The secret of a person's second factor as better-auth keeps it, encrypted; undefined when there is none. */
export async function findSecondFactorSecret(db: AccessHandle, personId: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('second_factors')
    .where('user_id', '=', personId)
    .select('secret')
    .executeTakeFirst();
  return found?.secret;
}

/**
 * Moves a person's last time step forward; returns false where that step is taken already. Of two calls at once, one
 * moves it.
 */
export async function updateTimeStep(db: AccessHandle, personId: string, step: number): Promise<boolean> {
  const moved = await db
    .updateTable('second_factors')
    .set({ last_time_step: step })
    .where('user_id', '=', personId)
    .where((is) => is.or([is('last_time_step', 'is', null), is('last_time_step', '<', step)]))
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

/** A person as the rules need it; undefined when there is none. With `forUpdate`, two acts on one person queue up. */
export async function findPerson(db: AccessHandle, personId: string, forUpdate = false) {
  const query = db
    .selectFrom('people')
    .where('id', '=', personId)
    .select([
      'id',
      'name',
      'username',
      'phone',
      'mobile',
      'mobile_asked as mobileAsked',
      'status',
      'two_factor_enabled as secondFactorEnabled',
      'password_changed_at as passwordChangedAt',
      'must_change_password as mustChangePassword',
      'password_link_by as passwordLinkBy',
      'revision',
    ]);
  return (forUpdate ? query.forUpdate() : query).executeTakeFirst();
}

/** The hash of the current password and those before it, newest first. */
export async function listPasswordHashes(db: AccessHandle, personId: string, remembered: number): Promise<string[]> {
  const current = await db
    .selectFrom('accounts')
    .where('user_id', '=', personId)
    .where('provider_id', '=', 'credential')
    .select('password')
    .executeTakeFirst();
  const older = await db
    .selectFrom('password_history')
    .where('person_id', '=', personId)
    .orderBy('changed_at', 'desc')
    .limit(remembered - 1)
    .select('hash')
    .execute();
  return [current?.password, ...older.map((row) => row.hash)].filter(
    (hash): hash is string => typeof hash === 'string',
  );
}

/**
 * Sets a new password and adds the old one to the remembered passwords. A one-time link that is still open ends,
 * because its holder could replace this password. `linkBy` is who alone made the link or handed out the password, null
 * where two people did; without it the origin stays, because whoever knows a password can also change it.
 */
export async function writePassword(
  db: AccessHandle,
  personId: string,
  next: {
    readonly hash: string;
    readonly now: Date;
    readonly chosenByPerson: boolean;
    readonly remembered: number;
    readonly linkBy?: string | null | undefined;
  },
): Promise<void> {
  const [current] = await listPasswordHashes(db, personId, 1);
  if (current !== undefined) {
    await db
      .insertInto('password_history')
      .values({ person_id: personId, hash: current, changed_at: next.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await db
    .updateTable('accounts')
    .set({ password: next.hash, updated_at: next.now })
    .where('user_id', '=', personId)
    .where('provider_id', '=', 'credential')
    .execute();
  await db
    .updateTable('people')
    .set((set) => ({
      // A password that an administrator handed out was not chosen by the person.
      password_changed_at: next.chosenByPerson ? next.now : null,
      must_change_password: !next.chosenByPerson,
      ...(next.linkBy === undefined ? {} : { password_link_by: next.linkBy }),
      updated_at: next.now,
      revision: set('revision', '+', 1),
    }))
    .where('id', '=', personId)
    .execute();
  await db
    .updateTable('setup_links')
    .set({ used_at: next.now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .execute();
  await db
    .deleteFrom('password_history')
    .where('person_id', '=', personId)
    .where('changed_at', 'not in', (older) =>
      older
        .selectFrom('password_history')
        .where('person_id', '=', personId)
        .orderBy('changed_at', 'desc')
        .limit(next.remembered)
        .select('changed_at'),
    )
    .execute();
}

/**
 * Turns the row that better-auth made into a session. It keeps the wrong tries that its owner is told, where a sign-in
 * found any. Call it in the transaction that records why.
 */
export async function writeSessionStart(
  db: AccessHandle,
  token: string,
  now: Date,
  guessed: Guesses | null = null,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: now, guessed: guessed === null ? null : JSON.stringify(guessed) })
    .where('token', '=', token)
    .execute();
}

/** Ends one sign-in. */
export async function endSession(db: AccessHandle, sessionId: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', sessionId).execute();
}

/**
 * Ends the sign-ins of a person: all, or all except one.
 * @returns how many of them were still open; some were over and waited for the daily tidying
 */
export async function endSessionsOf(
  db: AccessHandle,
  personId: string,
  now: Date,
  except?: string | null,
): Promise<number> {
  const ended = await db
    .deleteFrom('sessions')
    .where('user_id', '=', personId)
    .$if(except != null, (query) => query.where('id', '<>', except!))
    .returning('expires_at as expiresAt')
    .execute();
  return ended.filter(({ expiresAt }) => expiresAt > now).length;
}

/**
 * Ends the sign-ins of a person except one, and keeps the reason until the daily tidying: the next request with such a
 * session is told (`findEndOfSession`).
 * @param keep how many of the newest others stay
 * @returns how many were still open
 */
export async function endOtherSessionsOf(
  db: AccessHandle,
  personId: string,
  now: Date,
  except: string,
  because: 'newer' | 'password',
  keep = 0,
): Promise<number> {
  const ended = await db
    .updateTable('sessions')
    .set({ expires_at: now, ended_because: because })
    .where('id', 'in', (query) =>
      query
        .selectFrom('sessions')
        .where('user_id', '=', personId)
        .where('id', '<>', except)
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .offset(keep)
        .select('id'),
    )
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/**
 * Ends the sign-ins of people whose posts change at this moment. The rows stay until the daily tidying, so that the
 * next request with such a session gets the reason (`listPostsThatEnded`).
 */
export async function endSessionsByPost(db: AccessHandle, personIds: readonly string[], now: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ expires_at: now })
    .where(sql<boolean>`user_id = any(${[...personIds]}::uuid[])`)
    .where('expires_at', '>', now)
    .execute();
}

/** Ends the credentials that other systems hold for a post. */
export async function revokeTokensOfPost(db: AccessHandle, grantId: string, now: Date): Promise<number> {
  const revoked = await db
    .updateTable('access_tokens')
    .set({ revoked_at: now })
    .where('grant_id', '=', grantId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(revoked.numUpdatedRows);
}

/** Ends the credentials that other systems hold for a person. */
export async function revokeTokensOf(db: AccessHandle, personId: string, now: Date): Promise<number> {
  const revoked = await db
    .updateTable('access_tokens')
    .set({ revoked_at: now })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(revoked.numUpdatedRows);
}

export interface AccessSettings {
  readonly secondFactor: boolean;
  readonly endOlderSession: boolean;
  readonly passwordDays: number;
  readonly idleMinutes: number;
}

/** The settings of signing in, with who changed them last. */
export async function getAccessSettings(db: AccessHandle) {
  const row = await db
    .selectFrom('settings')
    .leftJoin('people', 'people.id', 'settings.updated_by')
    .where('settings.key', '=', 'access')
    .select(['settings.value', 'settings.revision', 'settings.updated_at as updatedAt', 'people.name as updatedBy'])
    .executeTakeFirstOrThrow();
  return { ...row, value: row.value as AccessSettings };
}
