-- Who did what to which, when, from where, before and after: written in the transaction of the act, never changed.

create table audit_events (
  county_id integer not null default 0,
  id bigint not null generated always as identity,
  at timestamptz not null default clock_timestamp(),
  -- The writing transaction: the sealer takes only rows of transactions that can no longer be running.
  transaction_id xid8 not null default pg_current_xact_id(),
  actor_id text,
  actor_name text,
  actor_role text,
  address text,
  action text not null,
  object_type text not null,
  object_id text not null,
  school_id integer,
  fields text[] not null default '{}',
  before jsonb,
  after jsonb,
  request_id text,
  primary key (county_id, id)
);

comment on column audit_events.before is '@type Record<string, unknown>';
comment on column audit_events.after is '@type Record<string, unknown>';

create index audit_events_by_object on audit_events (object_type, object_id, id);
create index audit_events_by_time on audit_events (at);
create index audit_events_by_id on audit_events (id);

create table audit_seals (
  first_id bigint not null,
  last_id bigint not null,
  row_count integer not null,
  rows_hash text not null,
  previous_hash text not null,
  hash text primary key,
  sealed_at timestamptz not null default clock_timestamp()
);

-- History with its values is read within the reader's place only. Not forced: the owner's functions for the audit
-- administrator and the sealer see every row, the former without the values.
alter table audit_events enable row level security;
create policy read_place on audit_events for select using (
  county_id = any ((select string_to_array(nullif(current_setting('app.counties', true), ''), ',')::int[])::int[])
  and (
    (select nullif(current_setting('app.school', true), '')) is null
    or school_id = (select nullif(current_setting('app.school', true), '')::int)
  )
);
create policy append on audit_events for insert with check (true);

-- Append-only for the application: it may add and read, and that is all.
grant select, insert on audit_events, audit_seals to dudao_app;
