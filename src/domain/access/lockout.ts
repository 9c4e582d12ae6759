/**
 * How many wrong passwords are allowed (GB/T 22239-2019, identity: limited tries). They are counted per account and
 * address together, so that a stranger cannot lock a colleague out. An address as a whole is only slowed down, because
 * the people of a school share one.
 */
export const lockout = {
  /** Wrong passwords of one account from one address. */
  failures: 5,
  minutes: 15,
  /** Wrong passwords of any accounts from one address within one minute. */
  failuresPerAddress: 30,
} as const;
