-- Why a sign-in ended, where its owner did not end it here: a newer sign-in, or a new password chosen elsewhere. The row
-- stays until the daily tidying, so that the next request with it gets the reason. `guessed` is what a sign-in found:
-- the wrong tries since the one before.
alter table sessions
  add column ended_because text check (ended_because in ('newer', 'password')),
  add column guessed jsonb;
comment on column sessions.guessed is '@type Guesses from #domain/access/lockout.ts';

-- An account is counted per address, and under address '' as a whole, over all addresses from which it never signed in:
-- there `locked_until` is when the next try may come. `tries` are the wrong ones since the last sign-in, for its owner;
-- `succeeded_at` makes an address known.
alter table sign_in_failures
  add column tries integer not null default 0,
  add column tried_since timestamptz,
  add column succeeded_at timestamptz;
