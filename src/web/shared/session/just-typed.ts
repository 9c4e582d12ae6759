/** How long a typed password is handed on, in milliseconds. */
const handedOnFor = 10 * 60_000;

let typed: { readonly password: string; readonly until: number } | undefined;

/**
 * Hands the password that was just typed to the next page, so that it is not asked twice in a row. It stays in the memory
 * of this page alone: a reload forgets it, and so do ten minutes and its first use.
 */
export function handOnPassword(password: string, now = Date.now()): void {
  typed = { password, until: now + handedOnFor };
}

/** Whether a typed password waits to be used. */
export function hasPassword(now = Date.now()): boolean {
  return typed !== undefined && now < typed.until;
}

/** The password that was just typed, once; undefined where there is none, or it was too long ago. */
export function takePassword(now = Date.now()): string | undefined {
  const taken = typed !== undefined && now < typed.until ? typed.password : undefined;
  typed = undefined;
  return taken;
}
