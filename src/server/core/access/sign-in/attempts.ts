import { addressKey } from '#domain/access/address-key.ts';
import { type Guesses, guessesToTell, lockout, secondsBetweenTries } from '#domain/access/lockout.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Asking } from '../session/session.store.ts';
import {
  getStanding,
  updateFailures,
  updateNextTry,
  updateRefusedAddress,
  writeAccountTry,
  writeLock,
  writeSuccess,
  writeWrongTry,
} from './attempts.store.ts';

/**
 * One attempt to prove an identity. It is counted for account and address before any check, so that parallel guesses
 * share the same five. For the address as a whole only a wrong one counts: the people of a school come all at once.
 */
export interface Attempt {
  /** Tries that remain after this one, should it fail. */
  readonly left: number;
  /** The proof was right: forgets what was counted here, and returns the wrong tries of others that the owner is told. */
  succeeded(): Promise<Guesses | null>;
  /** Takes back this attempt alone: it was neither right nor wrong, or only the first of two proofs. */
  withdrawn(): Promise<void>;
  /** The proof was wrong: the last attempt locks from now on, not from the first. */
  failed(): Promise<void>;
}

/**
 * An attempt that may be made, or the refusal. `first` marks the first refusal since the lock, so that the audit
 * records it once.
 */
export type Begun =
  | { readonly attempt: Attempt }
  | { readonly attempt: null; readonly refusal: Problem; readonly first: boolean };

/**
 * Counts an attempt on `account` (the typed name, known or not) from `address`. Refuses with access.locked when this
 * account is locked for this address, with request.tooMany when the address guesses too fast, and with access.guessed
 * when the account is guessed at and does not know the address.
 * @param personId whose account it is: the counts of name and number end with a proof that is right
 */
export async function beginAttempt(
  asking: Asking,
  { account, personId }: { readonly account: string; readonly personId: string | null },
  address: string,
  now: Date,
): Promise<Begun> {
  const from = addressKey(address);
  const standing = await getStanding(asking, account, from, now);
  if (standing.ofAddress >= lockout.failuresPerAddress) {
    const seconds = secondsUntil((standing.addressSince?.getTime() ?? now.getTime()) + 60_000, now);
    const first = await updateRefusedAddress(asking, from, now);
    return { attempt: null, refusal: problem('request.tooMany', { seconds }), first };
  }
  const between = standing.known ? 0 : secondsBetweenTries(standing.ofAccount);
  if (between > 0 && !(await updateNextTry(asking, account, now, between))) {
    const seconds = standing.nextAt === null ? between : secondsUntil(standing.nextAt.getTime(), now);
    return { attempt: null, refusal: problem('access.guessed', { seconds }), first: false };
  }
  const count = await writeAccountTry(asking, account, from, now);
  if (count.failures > lockout.failures) {
    return { attempt: null, refusal: locked(count.lockedUntil, now), first: count.failures === lockout.failures + 1 };
  }
  const left = lockout.failures - count.failures;
  return {
    attempt: {
      left,
      async succeeded() {
        const { all, here } = await writeSuccess(asking, { account, personId }, from, now);
        return guessesToTell(all, here);
      },
      withdrawn: () => updateFailures(asking, account, from),
      async failed() {
        await writeWrongTry(asking, account, from, now);
        if (left === 0) await writeLock(asking, account, from, now);
      },
    },
  };
}

const secondsUntil = (moment: number, now: Date) => Math.max(1, Math.ceil((moment - now.getTime()) / 1000));

/** A lock that began in another process a moment later than this try is no longer than a lock. */
function locked(until: Date | null, now: Date): Problem {
  const milliseconds = until === null ? lockout.minutes * 60_000 : until.getTime() - now.getTime();
  const minutes = Math.min(lockout.minutes, Math.max(1, Math.ceil(milliseconds / 60_000)));
  return problem('access.locked', { minutes });
}
