import { isCommonPassword } from './common-passwords.ts';

/**
 * What a password must be (GB/T 22239-2019, identity: complexity and regular change; the numbers are those that
 * assessors usually accept).
 */
export const passwordRules = {
  /** Characters. */
  minimumLength: 10,
  maximumLength: 128,
  /** Of the four: lower case, upper case, digits, everything else. */
  minimumClasses: 3,
  /** How many passwords may not be used again: the current one and those before it. */
  remembered: 5,
  /** Days; a setting may only shorten it. */
  maximumAge: 90,
} as const;

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/] as const;

/**
 * Everything that is wrong with a new password, as sentences; empty when nothing is.
 * @param password as typed, not trimmed: a space is a character like any other
 * @param username the account's name; neither it nor its reverse may be part of the password, in any case
 */
export function passwordIssues(password: string, username: string): string[] {
  const issues: string[] = [];
  const length = [...password].length;
  if (length < passwordRules.minimumLength) {
    issues.push(`密码至少 ${passwordRules.minimumLength} 个字符，现在是 ${length} 个`);
  }
  if (length > passwordRules.maximumLength) issues.push(`密码最多 ${passwordRules.maximumLength} 个字符`);
  if (classes.filter((one) => one.test(password)).length < passwordRules.minimumClasses) {
    issues.push('密码须包含小写字母、大写字母、数字、其他符号四类中的至少三类');
  }
  const name = username.toLowerCase();
  const typed = password.toLowerCase();
  if (name !== '' && (typed.includes(name) || typed.includes([...name].reverse().join('')))) {
    issues.push('密码不能包含用户名');
  }
  // A password that is too short is common too; one sentence about it is enough.
  if (length >= passwordRules.minimumLength && isCommonPassword(password)) {
    issues.push('密码太常见：由常用词、键盘上相邻的键或数字拼成，容易被猜中，请换成几个互不相干的词');
  }
  if (/(.)\1{3}/.test(password)) issues.push('密码不能连续重复同一个字符四次以上');
  return issues;
}

/**
 * Whether a password has reached its age.
 * @param changedAt when it was chosen; null when none was chosen yet, which counts as due
 * @param maximumDays whole days
 */
export function isPasswordDue(changedAt: Date | null, maximumDays: number, now: Date): boolean {
  return changedAt === null || now.getTime() - changedAt.getTime() > maximumDays * 86_400_000;
}

const alphabet = {
  lower: 'abcdefghijkmnpqrstuvwxyz',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  digit: '23456789',
  sign: '-+=@#%',
} as const;

/**
 * A random password that fulfils the rules, without signs that look alike (0 O, 1 l I).
 * @param pick a whole number from 0 up to, not including, its argument; must be unpredictable
 */
export function randomPassword(pick: (below: number) => number): string {
  const draw = (signs: string) => signs[pick(signs.length)] as string;
  const all = alphabet.lower + alphabet.upper + alphabet.digit;
  const signs = [draw(alphabet.lower), draw(alphabet.upper), draw(alphabet.digit), draw(alphabet.sign)];
  while (signs.length < 14) signs.push(draw(all));
  for (let last = signs.length - 1; last > 0; last -= 1) {
    const other = pick(last + 1);
    [signs[last], signs[other]] = [signs[other] as string, signs[last] as string];
  }
  // Starting with a letter keeps it whole when it is copied out of a table.
  const letter = signs.findIndex((sign) => /[a-zA-Z]/.test(sign));
  [signs[0], signs[letter]] = [signs[letter] as string, signs[0] as string];
  const password = signs.join('');
  return passwordIssues(password, '').length === 0 ? password : randomPassword(pick);
}
