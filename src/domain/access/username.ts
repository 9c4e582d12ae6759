/**
 * The name under which an account is kept and counted: without surrounding space, full width made half width, lower
 * case. A person who types `Ｗang ` means `wang`.
 */
export function normalUsername(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/**
 * What is wrong with a new account's name, as a sentence; null when nothing is.
 * @param username already normal
 */
export function usernameIssue(username: string): string | null {
  if (!/^[a-z][a-z0-9._-]{2,29}$/.test(username)) {
    return '用户名为 3 至 30 个字符，以字母开头，只含字母、数字、点、横线和下划线';
  }
  return null;
}
