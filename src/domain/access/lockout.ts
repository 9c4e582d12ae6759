/**
 * How many wrong passwords are allowed (GB/T 22239-2019, identity: limited tries). They are counted per account and
 * address together, so that a stranger cannot lock a colleague out. An address as a whole is only slowed down, because
 * the people of a school share one. So is an account as a whole: a stranger who guesses from many addresses becomes
 * slow, and never locks the owner out, who signs in from a known address as before.
 */
export const lockout = {
  /** Wrong passwords of one account from one address. */
  failures: 5,
  minutes: 15,
  /** Wrong passwords of any accounts from one address within one minute. */
  failuresPerAddress: 30,
  /** Wrong passwords of one account from any addresses within one hour, before it is slowed down. */
  failuresPerAccount: 10,
  /** Days for which an address is known to an account that signed in from it. */
  knownDays: 30,
} as const;

/** Wrong tries on an account since its last sign-in, and from how many addresses; since when as an ISO moment. */
export interface Guesses {
  readonly tries: number;
  readonly addresses: number;
  readonly since: string;
}

/**
 * Seconds between two tries on an account from addresses that it does not know: none at first, then 1, 2, 4, 8, 16, 30,
 * and five minutes from the fiftieth wrong try within the hour. An hour has room for about sixty guesses.
 * @param failures wrong tries within the hour, from any address
 */
export function secondsBetweenTries(failures: number): number {
  const over = failures - lockout.failuresPerAccount;
  if (over < 0) return 0;
  return failures >= 50 ? 300 : Math.min(30, 2 ** over);
}

/**
 * What the owner is told at a sign-in: nothing about a few slips of the own hand, every try from elsewhere.
 * @param here wrong tries at the address of this sign-in
 */
export function guessesToTell(all: Guesses | null, here: number): Guesses | null {
  if (all === null) return null;
  return all.tries > here || here >= lockout.failures ? all : null;
}
