import { randomBytes, randomInt } from 'node:crypto';
import { passwordIssues, passwordRules, randomPassword } from '#domain/access/password.ts';
import { problem } from '#domain/kit/problem.ts';
import { type AccessHandle, findPerson, listPasswordHashes, writePassword } from '../account/accounts.store.ts';
import { hashPassword, isPasswordOf } from '../auth/auth.ts';
import { type ProofRequest, reading } from '../sign-in/proof.ts';

/** A password as it is stored. It is made before the transaction that saves it, because hashing is slow on purpose. */
export interface ReadyPassword {
  readonly hash: string;
  /** The password to show once; null where only its owner knows it, or nobody does. */
  readonly shown: string | null;
  /** Whether the person chose it; otherwise it must be changed at the first sign-in. */
  readonly chosen: boolean;
}

/** A new password that its owner chose, and the hash of the one that it follows. */
export interface ChosenPassword extends ReadyPassword {
  readonly follows: string | undefined;
}

/**
 * Prepares a password that the person chose. It must follow the rules and differ from the last ones.
 * @throws access.passwordRefused with every rule that it breaks
 */
export async function readyChosen(
  request: Pick<ProofRequest, 'pool'>,
  person: { readonly id: string; readonly username: string },
  password: string,
): Promise<ChosenPassword> {
  assertPasswordGood(password, person.username);
  const remembered = await reading(request, (db) => listPasswordHashes(db, person.id, passwordRules.remembered));
  const same = await Promise.all(remembered.map((hash) => isPasswordOf(hash, password)));
  if (same.includes(true)) {
    throw problem('access.passwordRefused', { issues: [`不能与最近 ${passwordRules.remembered} 次用过的密码相同`] });
  }
  return { hash: await hashPassword(password), shown: null, chosen: true, follows: remembered[0] };
}

/** The password that an administrator hands out: a random one, shown once, or none until a one-time link is used. */
export async function readyFirst(first: 'link' | 'password'): Promise<ReadyPassword> {
  if (first === 'link') return { hash: await unknowableHash(), shown: null, chosen: false };
  const password = randomPassword(randomInt);
  return { hash: await hashPassword(password), shown: password, chosen: false };
}

/** Prepares the first password of a new account. @throws access.passwordRefused */
export async function readyOfNewAccount(password: string, username: string): Promise<ReadyPassword> {
  assertPasswordGood(password, username);
  return { hash: await hashPassword(password), shown: null, chosen: true };
}

/**
 * Saves a password; `linkBy` as in `writePassword`. Two changes at once queue up at the person. A password that was
 * checked against one that has been replaced since is refused.
 * @throws thing.changed
 */
export async function putPassword(
  db: AccessHandle,
  personId: string,
  ready: ReadyPassword | ChosenPassword,
  now: Date,
  linkBy?: string | null,
): Promise<void> {
  await findPerson(db, personId, true);
  if ('follows' in ready) {
    const [current] = await listPasswordHashes(db, personId, 1);
    if (current !== ready.follows) throw problem('thing.changed', { what: '密码' });
  }
  const { hash, chosen } = ready;
  const remembered = passwordRules.remembered;
  await writePassword(db, personId, { hash, now, chosenByPerson: chosen, remembered, linkBy });
}

function assertPasswordGood(password: string, username: string): void {
  const issues = passwordIssues(password, username);
  if (issues.length > 0) throw problem('access.passwordRefused', { issues });
}

let unknowable: Promise<string> | undefined;

/**
 * The hash of a value that nobody knows, so that an account waiting for its first password answers like any other. One
 * hash for the whole process is enough, because nobody can type the value.
 */
async function unknowableHash(): Promise<string> {
  unknowable ??= hashPassword(randomBytes(32).toString('base64url'));
  return unknowable;
}
