import { addressKey } from '#domain/access/address-key.ts';
import { lockout } from '#domain/access/lockout.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Asking } from '../session/session.ts';

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
  const whole = await countAddress(asking, from, now);
  if (whole.failures > lockout.failuresPerAddress) {
    const seconds = Math.max(1, Math.ceil((whole.counted_since.getTime() + 60_000 - now.getTime()) / 1000));
    const first = whole.failures === lockout.failuresPerAddress + 1;
    return { attempt: null, refusal: problem('request.tooMany', { seconds }), first };
  }
  const count = await countAccount(asking, account, from, now);
  if (count.failures > lockout.failures) {
    return { attempt: null, refusal: locked(count.locked_until, now), first: count.failures === lockout.failures + 1 };
  }
  const left = lockout.failures - count.failures;
  const takeBack = (key: string) =>
    asking.query(
      `update sign_in_failures set failures = failures - 1 where account = $1 and address = $2 and failures > 0`,
      [key, from],
    );
  return {
    attempt: {
      left,
      async succeeded() {
        await asking.query('delete from sign_in_failures where account = $1 and address = $2', [account, from]);
        await takeBack('');
      },
      async withdrawn() {
        await takeBack(account);
        await takeBack('');
      },
      async failed() {
        if (left > 0) return;
        await asking.query(
          `update sign_in_failures set locked_until = $3::timestamptz + make_interval(mins => $4), counted_since = $3
            where account = $1 and address = $2`,
          [account, from, now, lockout.minutes],
        );
      },
    },
  };
}

interface Count {
  readonly failures: number;
  readonly counted_since: Date;
  readonly locked_until: Date | null;
}

/** Account '' counts an address as a whole, within a minute from its first try. */
async function countAddress(asking: Asking, address: string, now: Date): Promise<Count> {
  const [count] = await asking.query<Count>(
    `insert into sign_in_failures as f (account, address, failures, counted_since) values ('', $1, 1, $2)
     on conflict (account, address) do update set
       failures = case when f.counted_since < $2::timestamptz - interval '1 minute' then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $2::timestamptz - interval '1 minute' then $2 else f.counted_since end
     returning failures, counted_since, locked_until`,
    [address, now],
  );
  return counted(count);
}

async function countAccount(asking: Asking, account: string, address: string, now: Date): Promise<Count> {
  const [count] = await asking.query<Count>(
    `insert into sign_in_failures as f (account, address, failures, counted_since)
     values ($1, $2, 1, $3)
     on conflict (account, address) do update set
       failures = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then $3 else f.counted_since end,
       locked_until = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then null
                           when f.locked_until > $3 then f.locked_until
                           when f.failures >= $5 then $3::timestamptz + make_interval(mins => $4) end
     returning failures, counted_since, locked_until`,
    [account, address, now, lockout.minutes, lockout.failures],
  );
  return counted(count);
}

function counted(count: Count | undefined): Count {
  if (count === undefined) throw new Error('an attempt was not counted');
  return count;
}

function locked(until: Date | null, now: Date): Problem {
  const milliseconds = until === null ? lockout.minutes * 60_000 : until.getTime() - now.getTime();
  return problem('access.locked', { minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) });
}
