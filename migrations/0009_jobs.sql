-- What is to be done later: a job is a row of the transaction that asked for it, and is gone when it is done. Few rows lie
-- here at a time, so the table is local: any server finds the next job of all kinds by one index.
--   waiting   asked for; of one key at most one waits
--   retrying  failed, or its server ended under it; due again at run_at
--   running   in the hands of `server`, which holds a shared advisory lock of that number as long as it lives
--   failed    has no tries left; kept with its error until somebody has seen to it
create table jobs (
  id bigint primary key generated always as identity,
  name text not null,
  key text,
  data jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'retrying', 'running', 'failed')),
  attempts integer not null default 0,
  run_at timestamptz not null default now(),
  asked_at timestamptz not null default now(),
  server integer,
  error text,
  failed_at timestamptz,
  check ((state = 'running') = (server is not null)),
  check ((state = 'failed') = (failed_at is not null))
);

create unique index jobs_waiting_once on jobs (name, key) where state = 'waiting';
create index jobs_due on jobs (run_at, id) where state in ('waiting', 'retrying');

comment on column jobs.data is '@type unknown';

grant select, insert, update, delete on jobs to dudao_app;
