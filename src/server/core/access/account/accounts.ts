import { normalUsername, usernameIssue } from '#domain/access/username.ts';
import { problem } from '#domain/kit/problem.ts';
import { nameFault } from '#domain/text/name-folding.ts';
import { newId } from '#platform/ids/new-id.ts';
import { initialsOf } from '../../directory/initials.ts';
import type { ReadyPassword } from '../password/passwords.ts';
import { type AccessHandle, findPersonNamed, insertPerson } from './accounts.store.ts';
import { listCodedBySomebodyElse } from './codes.store.ts';
import { insertCodedLinks, insertLink } from './links.store.ts';

/** Minutes that a link for a first or forgotten password is valid: until the next working day. */
export const passwordLinkMinutes = 24 * 60;
/** Days that a link of two halves is valid: it is printed, handed out by the county and opened at the school. */
const codedLinkDays = 14;
/** Minutes that a link which makes an administrator is valid. */
export const administratorLinkMinutes = 60;

export interface AccountRequest {
  readonly name: string;
  readonly username: string;
  readonly phone?: string | null;
  readonly createdBy: string | null;
  readonly now: Date;
  /**
   * Prepared before the transaction. Without a shown and without a chosen password, the person gets a one-time link.
   */
  readonly first: ReadyPassword;
}

/** The secrets that are shown once after an account was made; neither is kept. */
export interface Account {
  readonly personId: string;
  readonly username: string;
  /** Path below the address of the installation. */
  readonly link: string | null;
  readonly password: string | null;
  readonly expiresAt: Date | null;
}

/**
 * Makes an account without any right; a role is granted separately.
 * @throws request.invalid for a bad username or a name that nobody could find, thing.exists for one that is taken
 */
export async function createAccount(db: AccessHandle, request: AccountRequest): Promise<Account> {
  const username = normalUsername(request.username);
  const issue = usernameIssue(username);
  if (issue !== null) throw problem('request.invalid', { issues: [{ path: '用户名', message: issue }] });
  const fault = nameFault(request.name, '姓名');
  if (fault !== undefined) throw problem('request.invalid', { issues: [{ path: '姓名', message: fault }] });
  if ((await findPersonNamed(db, username)) !== null) throw problem('thing.exists', { what: `用户名“${username}”` });

  const { first, now } = request;
  const personId = newId();
  const [initials = ''] = await initialsOf([request.name]);
  await insertPerson(db, {
    id: personId,
    name: request.name,
    username,
    initials,
    phone: request.phone?.trim() || null,
    hash: first.hash,
    passwordChangedAt: first.chosen ? now : null,
    mustChangePassword: !first.chosen,
    createdBy: request.createdBy,
    passwordLinkBy: first.shown === null ? null : request.createdBy,
  });
  if (first.chosen || first.shown !== null) {
    return { personId, username, link: null, password: first.shown, expiresAt: null };
  }
  const link = await insertLink(
    db,
    { purpose: 'password', personId },
    { now, minutes: passwordLinkMinutes, createdBy: request.createdBy },
  );
  return { personId, username, link: linkPath(link.token), password: null, expiresAt: link.expiresAt };
}

/**
 * The address of the page behind a one-time link. The secret follows `#`, so that no server log and no referrer holds
 * it.
 */
export function linkPath(token: string): string {
  return `/set-up#${token}`;
}

/**
 * Makes a link of two halves for those of these people whose code stands and was given by somebody else than `by`: two
 * halves of one hand would be one person. Earlier links of these people end. Returns the addresses by person, which are
 * stored nowhere.
 */
export async function makeCodedLinks(
  db: AccessHandle,
  personIds: readonly string[],
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<{ readonly links: ReadonlyMap<string, string>; readonly expiresAt: Date }> {
  const coded = await listCodedBySomebodyElse(db, personIds, by);
  const expiresAt = new Date(now.getTime() + codedLinkDays * 86_400_000);
  const tokens = await insertCodedLinks(db, [...coded], { now, expiresAt, createdBy: by });
  return { links: new Map([...tokens].map(([id, token]) => [id, linkPath(token)])), expiresAt };
}
