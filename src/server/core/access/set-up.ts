import { v7 as newId } from 'uuid';
import { problem } from '#domain/kit/problem.ts';
import { administratorLinkMinutes, createAccount, linkPath } from './accounts.ts';
import { findRole, holdersOf, insertGrant } from './grants.store.ts';
import { findLink, insertLink, type Link, spendLink } from './links.store.ts';
import { assertPasswordGood, choosePassword } from './passwords.ts';
import { type AccessHandle, endSessionsOf, revokeTokensOf } from './people.store.ts';

/**
 * The one-time link of a new installation, valid an hour: whoever opens it becomes the 系统管理员. Null once there is
 * one; a start without one prints a new link, and the older one ends.
 */
export async function installationLink(db: AccessHandle, now: Date): Promise<{ path: string; expiresAt: Date } | null> {
  if ((await holdersOf(db, 'system-administrator')) > 0) return null;
  const { token, expiresAt } = await insertLink(
    db,
    { purpose: 'administrator', role: 'system-administrator' },
    { now, minutes: administratorLinkMinutes, createdBy: null },
  );
  return { path: linkPath(token), expiresAt };
}

/**
 * The link by which the 系统管理员 lets the first 安全管理员 or 审计管理员 in. Later ones are granted by the 安全管理员.
 * @throws access.grantRefused when the role already has somebody
 */
export async function administratorLink(
  db: AccessHandle,
  roleKey: 'security-administrator' | 'audit-administrator',
  by: string,
  now: Date,
): Promise<{ path: string; expiresAt: Date }> {
  const role = await findRole(db, roleKey);
  if (role === undefined) throw problem('thing.notFound', { what: '个角色' });
  if ((await holdersOf(db, roleKey)) > 0) {
    throw problem('access.grantRefused', { reason: `已经有${role.name}；增设请由安全管理员授予角色。` });
  }
  const { token, expiresAt } = await insertLink(
    db,
    { purpose: 'administrator', role: roleKey },
    { now, minutes: administratorLinkMinutes, createdBy: by },
  );
  return { path: linkPath(token), expiresAt };
}

export interface LinkUse {
  readonly token: string;
  readonly username?: string | undefined;
  readonly name?: string | undefined;
  readonly password: string;
  readonly now: Date;
}

/** What came of a link: whose account it was, and what the audit should call it. */
export interface LinkUsed {
  readonly personId: string;
  readonly username: string;
  readonly name: string;
  readonly action: 'person.created' | 'person.passwordChosen';
  readonly role: string | null;
}

/**
 * Uses a one-time link: makes the administrator's account with its role, or sets the password of an account.
 * @throws access.linkOver, access.passwordRefused, request.invalid, thing.exists
 */
export async function useLink(db: AccessHandle, use: LinkUse): Promise<LinkUsed> {
  const link = await findLink(db, use.token, use.now);
  if (link === null) throw problem('access.linkOver');
  const used = link.purpose === 'password' ? await setPassword(db, link, use) : await makeAdministrator(db, link, use);
  // Last, so that a refused password does not use the link up; of two who are as quick as each other, one gets through.
  if (!(await spendLink(db, use.token, use.now))) throw problem('access.linkOver');
  return used;
}

async function setPassword(db: AccessHandle, link: Link, use: LinkUse): Promise<LinkUsed> {
  const { personId, username, name } = link;
  if (personId === null || username === null || name === null) throw problem('access.linkOver');
  await choosePassword(db, { id: personId, username }, use.password, use.now);
  await endSessionsOf(db, personId);
  await revokeTokensOf(db, personId, use.now);
  return { personId, username, name, action: 'person.passwordChosen', role: null };
}

async function makeAdministrator(db: AccessHandle, link: Link, use: LinkUse): Promise<LinkUsed> {
  const role = link.role as string;
  // The link may be older than the person who came by another way.
  if ((await holdersOf(db, role)) > 0) throw problem('access.linkOver');
  const issues = [
    ...(use.username ? [] : [{ path: '用户名', message: '请填写用户名' }]),
    ...(use.name ? [] : [{ path: '姓名', message: '请填写姓名' }]),
  ];
  if (issues.length > 0) throw problem('request.invalid', { issues });
  const name = use.name as string;
  assertPasswordGood(use.password, use.username as string);
  const account = await createAccount(db, {
    name,
    username: use.username as string,
    createdBy: null,
    now: use.now,
    first: { chosen: use.password },
  });
  await insertGrant(db, {
    id: newId(),
    personId: account.personId,
    role,
    unitId: null,
    schoolId: null,
    grantedBy: null,
    now: use.now,
  });
  return { personId: account.personId, username: account.username, name, action: 'person.created', role };
}
