import { randomBytes } from 'node:crypto';
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
  await db
    .updateTable('setup_links')
    .set({ used_at: terms.now })
    .where('used_at', 'is', null)
    .where((is) => (personId === null ? is('role_key', '=', role) : is('person_id', '=', personId)))
    .execute();
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
