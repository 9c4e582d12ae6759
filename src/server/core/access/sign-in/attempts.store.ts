import { type Guesses, lockout } from '#domain/access/lockout.ts';
import type { Asking } from '../session/session.store.ts';

/** The tries on an account from an address, this one included. */
interface Count {
  readonly failures: number;
  readonly countedSince: Date;
  readonly lockedUntil: Date | null;
}

/** What was counted before a try: at the address as a whole, and on the account as a whole. */
interface Standing {
  readonly ofAddress: number;
  readonly addressSince: Date | null;
  readonly ofAccount: number;
  /** When the next try from an unknown address may come. */
  readonly nextAt: Date | null;
  /** Whether the account signed in from this address lately. */
  readonly known: boolean;
}

/** Reads what was counted; it counts nothing itself. */
export async function getStanding(asking: Asking, account: string, address: string, now: Date): Promise<Standing> {
  const [found] = await asking.query<Standing>(
    `select coalesce(max(failures) filter (where whole = 'address' and counted_since >= $3::timestamptz - interval '1 minute'), 0)
              as "ofAddress",
            max(counted_since) filter (where whole = 'address') as "addressSince",
            coalesce(max(failures) filter (where whole = 'account' and counted_since >= $3::timestamptz - interval '1 hour'), 0)
              as "ofAccount",
            max(locked_until) filter (where whole = 'account') as "nextAt",
            coalesce(bool_or(succeeded_at > $3::timestamptz - make_interval(days => $4)), false) as known
       from (select *, case when account = '' then 'address' when address = '' then 'account' else 'both' end as whole
               from sign_in_failures
              where (account, address) in (('', $2), ($1, ''), ($1, $2))) counted`,
    [account, address, now, lockout.knownDays],
  );
  if (found === undefined) throw new Error('an aggregate has one row');
  return found;
}

/** Counts a wrong try: for the address as a whole within a minute, for the account as a whole within an hour. */
export async function writeWrongTry(asking: Asking, account: string, address: string, now: Date): Promise<void> {
  await asking.query(
    `insert into sign_in_failures as f (account, address, failures, counted_since)
     select * from (values ('', $2, 1, $3::timestamptz), ($1, '', 1, $3)) wrong order by 1
     on conflict (account, address) do update set
       failures = case when f.counted_since < $3 - case f.account when '' then interval '1 minute' else interval '1 hour' end
                       then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $3 - case f.account when '' then interval '1 minute' else interval '1 hour' end
                            then $3 else f.counted_since end`,
    [account, address, now],
  );
}

/** Marks the refusal of an address; true for the first since its count began. */
export async function updateRefusedAddress(asking: Asking, address: string, now: Date): Promise<boolean> {
  const marked = await asking.query(
    `update sign_in_failures set locked_until = counted_since + interval '1 minute'
      where account = '' and address = $1 and (locked_until is null or locked_until <= $2) returning 1`,
    [address, now],
  );
  return marked.length > 0;
}

/** Takes the one try that an account grants to all unknown addresses together; false where it is taken. */
export async function updateNextTry(asking: Asking, account: string, now: Date, seconds: number): Promise<boolean> {
  const taken = await asking.query(
    `update sign_in_failures set locked_until = $2::timestamptz + make_interval(secs => $3)
      where account = $1 and address = '' and (locked_until is null or locked_until <= $2) returning 1`,
    [account, now, seconds],
  );
  return taken.length > 0;
}

/** Counts a try on an account from an address; a count that is over by its time begins anew. */
export async function writeAccountTry(asking: Asking, account: string, address: string, now: Date): Promise<Count> {
  const [count] = await asking.query<Count>(
    `insert into sign_in_failures as f (account, address, failures, counted_since, tries, tried_since)
     values ($1, $2, 1, $3, 1, $3)
     on conflict (account, address) do update set
       tries = f.tries + 1,
       tried_since = coalesce(f.tried_since, $3),
       failures = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then 1 else f.failures + 1 end,
       counted_since = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then $3 else f.counted_since end,
       locked_until = case when f.counted_since < $3::timestamptz - make_interval(mins => $4) then null
                           when f.locked_until > $3 then f.locked_until
                           when f.failures >= $5 then $3::timestamptz + make_interval(mins => $4) end
     returning failures, counted_since as "countedSince", locked_until as "lockedUntil"`,
    [account, address, now, lockout.minutes, lockout.failures],
  );
  if (count === undefined) throw new Error('an attempt was not counted');
  return count;
}

/** Takes back one try. */
export async function updateFailures(asking: Asking, account: string, address: string): Promise<void> {
  await asking.query(
    `update sign_in_failures set failures = failures - 1, tries = greatest(tries - 1, 0)
      where account = $1 and address = $2 and failures > 0`,
    [account, address],
  );
}

/**
 * Notes that an account signed in from an address: its count there is over, and the address is known from now on. The
 * tries of all addresses since the last time, by its name and by its number, are returned and begin anew; the one that succeeded
 * is none of them.
 */
export async function writeSuccess(
  asking: Asking,
  { account, personId }: { readonly account: string; readonly personId: string | null },
  address: string,
  now: Date,
): Promise<{ readonly all: Guesses | null; readonly here: number }> {
  const [found] = await asking.query<{ tries: number; addresses: number; since: Date | null; here: number }>(
    `with own as (
       select $1::text as account union select unnest(array[p.username, p.mobile]) from people p where p.id = $4::uuid),
     before as (
       select address, tries - (account = $1 and address = $2)::int as tries, tried_since from sign_in_failures
        where account in (select account from own) and address <> '' and tries > 0 order by account, address for update),
     ended as (
       update sign_in_failures set tries = 0, tried_since = null,
           failures = case when address = $2 then 0 else failures end,
           locked_until = case when address = $2 then null else locked_until end,
           succeeded_at = case when address = $2 then $3 else succeeded_at end
        where account in (select account from own) and address in (select address from before))
     select coalesce(sum(tries), 0)::int as tries, count(distinct address) filter (where tries > 0)::int as addresses,
            min(tried_since) filter (where tries > 0) as since,
            coalesce(sum(tries) filter (where address = $2), 0)::int as here
       from before`,
    [account, address, now, personId],
  );
  if (!found?.since) return { all: null, here: 0 };
  const { tries, addresses, since, here } = found;
  return { all: { tries, addresses, since: since.toISOString() }, here };
}

/** Locks an account for an address from this moment on. */
export async function writeLock(asking: Asking, account: string, address: string, now: Date): Promise<void> {
  await asking.query(
    `update sign_in_failures set locked_until = $3::timestamptz + make_interval(mins => $4), counted_since = $3
      where account = $1 and address = $2`,
    [account, address, now, lockout.minutes],
  );
}
