import { randomBytes, randomInt } from 'node:crypto';
import { passwordIssues, passwordRules, randomPassword } from '#domain/access/password.ts';
import { problem } from '#domain/kit/problem.ts';
import { hashPassword, isPasswordOf } from './guest.ts';
import { type AccessHandle, passwordHashes, replacePassword } from './people.store.ts';

/**
 * Puts a password in place that the person chose: by the rules, and none of the last ones.
 * @throws access.passwordRefused with every rule that it breaks
 */
export async function choosePassword(
  db: AccessHandle,
  person: { readonly id: string; readonly username: string },
  password: string,
  now: Date,
): Promise<void> {
  assertPasswordGood(password, person.username);
  const remembered = await passwordHashes(db, person.id, passwordRules.remembered);
  const same = await Promise.all(remembered.map((hash) => isPasswordOf(hash, password)));
  if (same.includes(true)) {
    throw problem('access.passwordRefused', { issues: [`不能与最近 ${passwordRules.remembered} 次用过的密码相同`] });
  }
  const hash = await hashPassword(password);
  await replacePassword(db, person.id, { hash, now, chosenByPerson: true, remembered: passwordRules.remembered });
}

/** Puts a random password in place, which the person must change at the first sign-in, and returns it once. */
export async function handOutPassword(db: AccessHandle, personId: string, now: Date): Promise<string> {
  const password = randomPassword(randomInt);
  const hash = await hashPassword(password);
  await replacePassword(db, personId, { hash, now, chosenByPerson: false, remembered: passwordRules.remembered });
  return password;
}

/** @throws access.passwordRefused with every rule that it breaks */
export function assertPasswordGood(password: string, username: string): void {
  const issues = passwordIssues(password, username);
  if (issues.length > 0) throw problem('access.passwordRefused', { issues });
}

/** Random and fulfilling the rules; shown once by whoever asked. */
export function newPassword(): string {
  return randomPassword(randomInt);
}

let unknowable: Promise<string> | undefined;

/**
 * The hash of something that nobody knows: an account that waits for its first password answers like any other. One for
 * the whole process is enough, because nobody can ever type what it was made of.
 */
export async function unknowableHash(): Promise<string> {
  unknowable ??= hashPassword(randomBytes(32).toString('base64url'));
  return unknowable;
}
