import { lockout } from '#domain/access/lockout.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Asking } from './session.ts';

/** One try to sign in: counted before the password is looked at, so that parallel guesses share the same five. */
export interface Attempt {
  /** Tries that remain after this one, should it fail. */
  readonly left: number;
  /** Takes the count back: the password was right. */
  succeeded(): Promise<void>;
  /** Counts the failure against the address as a whole, too. */
  failed(): Promise<void>;
}

/**
 * Begins an attempt of `account` (the typed name, known or not) from `address`.
 * @throws access.locked when this account is locked for this address; request.tooMany when the address guesses too fast
 */
export async function beginAttempt(asking: Asking, account: string, address: string, now: Date): Promise<Attempt> {
  await assertAddressCalm(asking, address, now);
  const [count] = await asking.query<{ failures: number; locked_until: Date | null }>(
    `insert into sign_in_failures as f (account, address, failures, counted_since)
     values ($1, $2, 1, $3)
     on conflict (account, address) do update set
       failures = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then $3 else f.counted_since end,
       locked_until = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then null
                           when f.locked_until > $3 then f.locked_until
                           when f.failures >= $5 then $3::timestamptz + make_interval(mins => $4) end
     returning failures, locked_until`,
    [account, address, now, lockout.minutes, lockout.failures],
  );
  if (count === undefined) throw new Error('an attempt was not counted');
  if (count.failures > lockout.failures) throw locked(count.locked_until, now);
  const left = lockout.failures - count.failures;
  return {
    left,
    async succeeded() {
      await asking.query('delete from sign_in_failures where account = $1 and address = $2', [account, address]);
    },
    async failed() {
      await asking.query(
        `insert into sign_in_failures as f (account, address, failures, counted_since) values ('', $1, 1, $2)
         on conflict (account, address) do update set
           failures = case when f.counted_since < $2::timestamptz - interval '1 minute' then 1 else f.failures + 1 end,
           counted_since = case when f.counted_since < $2::timestamptz - interval '1 minute' then $2 else f.counted_since end`,
        [address, now],
      );
      // The fifth failure locks from now on, not from the first.
      if (left > 0) return;
      await asking.query(
        `update sign_in_failures set locked_until = $3::timestamptz + make_interval(mins => $4), counted_since = $3
          where account = $1 and address = $2`,
        [account, address, now, lockout.minutes],
      );
    },
  };
}

async function assertAddressCalm(asking: Asking, address: string, now: Date): Promise<void> {
  const [busy] = await asking.query<{ counted_since: Date }>(
    `select counted_since from sign_in_failures
      where account = '' and address = $1 and failures >= $3
        and counted_since > $2::timestamptz - interval '1 minute'`,
    [address, now, lockout.failuresPerAddress],
  );
  if (busy === undefined) return;
  const seconds = Math.max(1, Math.ceil((busy.counted_since.getTime() + 60_000 - now.getTime()) / 1000));
  throw problem('request.tooMany', { seconds });
}

function locked(until: Date | null, now: Date) {
  const milliseconds = until === null ? lockout.minutes * 60_000 : until.getTime() - now.getTime();
  return problem('access.locked', { minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) });
}
