import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordAudit } from '../../audit/audit.store.ts';
import { countHolders, findRole, insertGrant } from '../grant/grants.store.ts';
import { putPassword, readyChosen, readyOfNewAccount } from '../password/passwords.ts';
import { type ProofRequest, reading, sourceOf, writing } from '../sign-in/proof.ts';
import { type AccessHandle, endSessionsOf, findPerson, revokeTokensOf } from './accounts.store.ts';
import { administratorLinkMinutes, createAccount, linkPath } from './accounts.ts';
import { deleteCode, mostWrongCodes, writeCodeTry } from './codes.store.ts';
import { endLinksOf, findLink, insertLink, type Link, spendLink } from './links.store.ts';

/**
 * The one-time link of a new installation, valid for an hour. The person who opens it becomes the 系统管理员. Null once
 * there is one. Until then every start prints a new link, and the older one ends.
 */
export async function installationLink(db: AccessHandle, now: Date): Promise<{ path: string; expiresAt: Date } | null> {
  if ((await countHolders(db, 'system-administrator')) > 0) return null;
  const { token, expiresAt } = await insertLink(
    db,
    { purpose: 'administrator', role: 'system-administrator' },
    { now, minutes: administratorLinkMinutes, createdBy: null },
  );
  return { path: linkPath(token), expiresAt };
}

/**
 * The link by which the 系统管理员 admits the first 安全管理员 or 审计管理员. The 安全管理员 grants later ones.
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
  if ((await countHolders(db, roleKey)) > 0) {
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
  /** The other half of a link of two people. */
  readonly code?: string | undefined;
}

/**
 * Uses a one-time link: makes the administrator's account with its role, or sets the password of an account. The act is
 * recorded for the person who owns the account from then on.
 * @throws access.linkOver, access.linkCodeWrong, access.linkCodeOver, access.passwordRefused, request.invalid,
 *   thing.exists
 */
export async function useLink(request: ProofRequest, use: LinkUse): Promise<{ readonly username: string }> {
  const link = await reading(request, (db) => findLink(db, use.token, request.now));
  if (link === null) throw problem('access.linkOver');
  return link.purpose === 'password' ? setPassword(request, link, use) : makeAdministrator(request, link, use);
}

async function setPassword(request: ProofRequest, link: Link, use: LinkUse) {
  const { personId, username, name } = link;
  if (personId === null || username === null || name === null) throw problem('access.linkOver');
  if (link.coded) await assertCode(request, { ...link, personId }, use.code ?? '');
  const ready = await readyChosen(request, { id: personId, username }, use.password);
  await writing(request, async (db) => {
    // The person comes first, as in a grant, so that neither waits for the other for ever.
    await findPerson(db, personId, true);
    await spend(db, use.token, request.now);
    await putPassword(db, personId, ready, request.now, link.coded ? null : link.createdBy);
    await deleteCode(db, personId);
    await endSessionsOf(db, personId, request.now);
    await revokeTokensOf(db, personId, request.now);
    await recordAudit(db, sourceOf(request, { userId: personId, name, role: '' }), {
      action: 'person.passwordChosen',
      objectType: 'person',
      objectId: personId,
      after: { by: link.coded ? 'two-person-link' : 'link', username },
    });
  });
  return { username };
}

/**
 * Asks the code that another administrator gave to this person. Each try is counted in a transaction of its own, so that
 * a refusal does not take the count back.
 * @throws access.linkOver, access.linkCodeWrong, access.linkCodeOver
 */
async function assertCode(request: ProofRequest, link: Link & { readonly personId: string }, code: string) {
  const { personId } = link;
  const tried = await writing(request, async (db) => {
    const made = await writeCodeTry(db, personId, code.trim());
    if (made === undefined || made.right) return made;
    const left = mostWrongCodes - made.wrong;
    if (left === 0) await endLinksOf(db, [personId], request.now);
    await recordAudit(db, sourceOf(request, null), {
      action: 'person.codeRefused',
      objectType: 'person',
      objectId: personId,
      fields: [],
      after: { triesLeft: left },
    });
    return made;
  });
  // Two halves of one hand are one person.
  if (tried === undefined || tried.madeBy === link.createdBy) throw problem('access.linkOver');
  if (tried.right) return;
  const attemptsLeft = mostWrongCodes - tried.wrong;
  throw attemptsLeft > 0 ? problem('access.linkCodeWrong', { attemptsLeft }) : problem('access.linkCodeOver');
}

async function makeAdministrator(request: ProofRequest, link: Link, use: LinkUse) {
  const role = link.role as string;
  const issues = [
    ...(use.username ? [] : [{ path: '用户名', message: '请填写用户名' }]),
    ...(use.name ? [] : [{ path: '姓名', message: '请填写姓名' }]),
  ];
  if (issues.length > 0) throw problem('request.invalid', { issues });
  const [name, wanted] = [use.name as string, use.username as string];
  const first = await readyOfNewAccount(use.password, wanted);
  return writing(request, async (db) => {
    await spend(db, use.token, request.now);
    // An administrator may have been made in another way after this link was.
    if ((await countHolders(db, role)) > 0) throw problem('access.linkOver');
    const { personId, username } = await createAccount(db, {
      name,
      username: wanted,
      createdBy: null,
      now: request.now,
      first,
    });
    await insertGrant(db, {
      id: newId(),
      personId,
      role,
      unitId: null,
      schoolId: null,
      grantedBy: null,
      now: request.now,
    });
    await recordAudit(db, sourceOf(request, { userId: personId, name, role }), {
      action: 'person.created',
      objectType: 'person',
      objectId: personId,
      after: { by: 'link', username, role },
    });
    return { username };
  });
}

/**
 * This comes first, so that of two simultaneous requests one gets through. A refusal afterwards leaves the link unused.
 */
async function spend(db: AccessHandle, token: string, now: Date): Promise<void> {
  if (!(await spendLink(db, token, now))) throw problem('access.linkOver');
}
