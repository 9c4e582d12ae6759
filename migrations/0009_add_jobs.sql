-- Work for later. A job is a row of the transaction that asked for it, and the row is removed when the job is done. The
-- table holds few rows at a time, so it is local.
--   waiting   asked for; one of a key waits at most
--   retrying  failed, or its server ended under it; due again at run_at
--   running   in the hands of `server`, which holds a shared advisory lock of that number as long as it lives
--   failed    has no tries left, and stays with its error until an operator repeats or deletes it
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
