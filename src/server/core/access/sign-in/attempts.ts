import { addressKey } from '#domain/access/address-key.ts';
import { lockout } from '#domain/access/lockout.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Asking } from '../session/session.store.ts';
import { deleteFailuresAt, updateFailures, writeAccountTry, writeAddressTry, writeLock } from './attempts.store.ts';

/** One attempt to prove an identity. It is counted before any check, so that parallel guesses share the same five. */
export interface Attempt {
  /** Tries that remain after this one, should it fail. */
  readonly left: number;
  /** The proof was right: forgets everything counted before. */
  succeeded(): Promise<void>;
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
 * Counts an attempt on `account` (the typed name, known or not) from `address`: per account and address, and per
 * address as a whole. Refuses with access.locked when this account is locked for this address, and with request.tooMany
 * when the address guesses too fast.
 */
export async function beginAttempt(asking: Asking, account: string, address: string, now: Date): Promise<Begun> {
  const from = addressKey(address);
  const whole = await writeAddressTry(asking, from, now);
  if (whole.failures > lockout.failuresPerAddress) {
    const seconds = Math.max(1, Math.ceil((whole.countedSince.getTime() + 60_000 - now.getTime()) / 1000));
    const first = whole.failures === lockout.failuresPerAddress + 1;
    return { attempt: null, refusal: problem('request.tooMany', { seconds }), first };
  }
  const count = await writeAccountTry(asking, account, from, now);
  if (count.failures > lockout.failures) {
    return { attempt: null, refusal: locked(count.lockedUntil, now), first: count.failures === lockout.failures + 1 };
  }
  const left = lockout.failures - count.failures;
  const takeBack = (key: string) => updateFailures(asking, key, from);
  return {
    attempt: {
      left,
      async succeeded() {
        await deleteFailuresAt(asking, account, from);
        await takeBack('');
      },
      async withdrawn() {
        await takeBack(account);
        await takeBack('');
      },
      async failed() {
        if (left > 0) return;
        await writeLock(asking, account, from, now);
      },
    },
  };
}

function locked(until: Date | null, now: Date): Problem {
  const milliseconds = until === null ? lockout.minutes * 60_000 : until.getTime() - now.getTime();
  return problem('access.locked', { minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) });
}
