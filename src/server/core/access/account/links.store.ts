import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { hashOfToken } from '../session/session.ts';
import type { AccessHandle } from './accounts.store.ts';

export type LinkPurpose =
  | { readonly purpose: 'administrator'; readonly role: string }
  | { readonly purpose: 'password'; readonly personId: string };

export interface Link {
  readonly purpose: 'administrator' | 'password';
  readonly role: string | null;
  readonly roleName: string | null;
  readonly personId: string | null;
  readonly username: string | null;
  readonly name: string | null;
  /** Whether the code of the person is asked too, because the link is only one of two halves. */
  readonly coded: boolean;
  readonly createdBy: string | null;
  readonly expiresAt: Date;
}

/** Makes a one-time link and returns its secret part, which is stored nowhere. An older link for the same use ends. */
export async function insertLink(
  db: AccessHandle,
  use: LinkPurpose,
  terms: { readonly now: Date; readonly minutes: number; readonly createdBy: string | null },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(24).toString('base64url');
  const expiresAt = new Date(terms.now.getTime() + terms.minutes * 60_000);
  const personId = use.purpose === 'password' ? use.personId : null;
  const role = use.purpose === 'administrator' ? use.role : null;
  if (personId === null) await endLinksOfRole(db, role!, terms.now);
  else await endLinksOf(db, [personId], terms.now);
  await db
    .insertInto('setup_links')
    .values({
      hash: hashOfToken(token),
      purpose: use.purpose,
      role_key: role,
      person_id: personId,
      created_at: terms.now,
      created_by: terms.createdBy,
      expires_at: expiresAt,
    })
    .execute();
  return { token, expiresAt };
}

/**
 * Makes a link of two halves for each of these people: it opens together with the code that somebody else gave. Older
 * links of these people end. Returns the secret parts by person, which are stored nowhere.
 */
export async function insertCodedLinks(
  db: AccessHandle,
  personIds: readonly string[],
  terms: { readonly now: Date; readonly expiresAt: Date; readonly createdBy: string },
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map(personIds.map((id) => [id, randomBytes(24).toString('base64url')]));
  if (tokens.size === 0) return tokens;
  await endLinksOf(db, personIds, terms.now);
  const rows = [...tokens].map(([id, token]) => ({ id, hash: hashOfToken(token) }));
  await sql`
    insert into setup_links (hash, purpose, person_id, created_at, created_by, expires_at, coded)
    select r.hash, 'password', r.id, ${terms.now}, ${terms.createdBy}, ${terms.expiresAt}, true
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text)`.execute(db);
  return tokens;
}

/** Ends the open links of these people; with `madeByOne`, only those that open without a code. */
export async function endLinksOf(
  db: AccessHandle,
  personIds: readonly string[],
  now: Date,
  madeByOne = false,
): Promise<void> {
  await db
    .updateTable('setup_links')
    .set({ used_at: now })
    .where(sql<boolean>`person_id = any(${[...personIds]}::uuid[])`)
    .where('used_at', 'is', null)
    .$if(madeByOne, (links) => links.where('coded', '=', false))
    .execute();
}

async function endLinksOfRole(db: AccessHandle, role: string, now: Date): Promise<void> {
  await db
    .updateTable('setup_links')
    .set({ used_at: now })
    .where('role_key', '=', role)
    .where('used_at', 'is', null)
    .execute();
}

/** The purpose of a link; null when the link is unknown, used or expired. */
export async function findLink(db: AccessHandle, token: string, now: Date): Promise<Link | null> {
  const row = await db
    .selectFrom('setup_links')
    .leftJoin('roles', 'roles.key', 'setup_links.role_key')
    .leftJoin('people', 'people.id', 'setup_links.person_id')
    .where('setup_links.hash', '=', hashOfToken(token))
    .where('setup_links.used_at', 'is', null)
    .where('setup_links.expires_at', '>', now)
    .select([
      'setup_links.purpose',
      'setup_links.role_key as role',
      'roles.name as roleName',
      'people.id as personId',
      'people.username',
      'people.name',
      'setup_links.coded',
      'setup_links.created_by as createdBy',
      'setup_links.expires_at as expiresAt',
    ])
    .executeTakeFirst();
  return (row as Link | undefined) ?? null;
}

/** Marks a link as used; returns false when another request was quicker. */
export async function spendLink(db: AccessHandle, token: string, now: Date): Promise<boolean> {
  const spent = await db
    .updateTable('setup_links')
    .set({ used_at: now })
    .where('hash', '=', hashOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return Number(spent.numUpdatedRows) === 1;
}
