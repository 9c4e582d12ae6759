import { sql } from 'kysely';
import type { AccessHandle } from './accounts.store.ts';
import { writePeopleSearch } from './people-search.store.ts';

/** An account of a list: it waits for its first password and has no right. */
export interface ListedAccount {
  readonly id: string;
  readonly name: string;
  /** In the form of `normalUsername`, and accepted by `usernameIssue`. */
  readonly username: string;
  readonly initials: string;
  readonly phone: string;
}

/**
 * Adds many accounts at once, with the same few statements for any number. None has a password that anybody knows: `hash` is the
 * hash of random bytes.
 */
export async function insertPeople(
  db: AccessHandle,
  people: readonly ListedAccount[],
  { hash, by }: { readonly hash: string; readonly by: string },
): Promise<void> {
  if (people.length === 0) return;
  await sql`
    insert into people (id, name, username, email, initials, phone, must_change_password, created_by)
    select r.id, r.name, r.username, r.id || '@people.invalid', r.initials, r.phone, true, ${by}
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
           as r(id uuid, name text, username text, initials text, phone text)`.execute(db);
  await sql`
    insert into accounts (id, user_id, account_id, provider_id, password)
    select id, id, id, 'credential', ${hash} from unnest(${people.map(({ id }) => id)}::uuid[]) as id`.execute(db);
  await writePeopleSearch(
    db,
    people.map(({ id }) => id),
  );
}

/** Locks many people in one order for everybody, so that two acts on the same people queue up. */
export async function lockPeople(db: AccessHandle, personIds: readonly string[]): Promise<void> {
  await sql`select id from people where id = any(${[...personIds]}::uuid[]) order by id for update`.execute(db);
}
