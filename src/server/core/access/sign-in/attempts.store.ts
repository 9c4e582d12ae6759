import { lockout } from '#domain/access/lockout.ts';
import type { Asking } from '../session/session.store.ts';

/** The tries on an account from an address, this one included. */
interface Count {
  readonly failures: number;
  readonly countedSince: Date;
  readonly lockedUntil: Date | null;
}

/** Counts a try from an address as a whole, under the account '', within a minute from its first try. */
export async function writeAddressTry(asking: Asking, address: string, now: Date): Promise<Count> {
  const [count] = await asking.query<Count>(
    `insert into sign_in_failures as f (account, address, failures, counted_since) values ('', $1, 1, $2)
     on conflict (account, address) do update set
       failures = case when f.counted_since < $2::timestamptz - interval '1 minute' then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $2::timestamptz - interval '1 minute' then $2 else f.counted_since end
     returning failures, counted_since as "countedSince", locked_until as "lockedUntil"`,
    [address, now],
  );
  return counted(count);
}

/** Counts a try on an account from an address; a count that is over by its time begins anew. */
export async function writeAccountTry(asking: Asking, account: string, address: string, now: Date): Promise<Count> {
  const [count] = await asking.query<Count>(
    `insert into sign_in_failures as f (account, address, failures, counted_since)
     values ($1, $2, 1, $3)
     on conflict (account, address) do update set
       failures = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then $3 else f.counted_since end,
       locked_until = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then null
                           when f.locked_until > $3 then f.locked_until
                           when f.failures >= $5 then $3::timestamptz + make_interval(mins => $4) end
     returning failures, counted_since as "countedSince", locked_until as "lockedUntil"`,
    [account, address, now, lockout.minutes, lockout.failures],
  );
  return counted(count);
}

function counted(count: Count | undefined): Count {
  if (count === undefined) throw new Error('an attempt was not counted');
  return count;
}

/** Takes back one try. */
export async function updateFailures(asking: Asking, account: string, address: string): Promise<void> {
  await asking.query(
    `update sign_in_failures set failures = failures - 1 where account = $1 and address = $2 and failures > 0`,
    [account, address],
  );
}

/** Forgets the tries on an account from an address. */
export async function deleteFailuresAt(asking: Asking, account: string, address: string): Promise<void> {
  await asking.query('delete from sign_in_failures where account = $1 and address = $2', [account, address]);
}

/** Locks an account for an address from this moment on. */
export async function writeLock(asking: Asking, account: string, address: string, now: Date): Promise<void> {
  await asking.query(
    `update sign_in_failures set locked_until = $3::timestamptz + make_interval(mins => $4), counted_since = $3
      where account = $1 and address = $2`,
    [account, address, now, lockout.minutes],
  );
}
