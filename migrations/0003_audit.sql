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
-- The sealer takes rows by the transaction that wrote them.
create index audit_events_by_transaction on audit_events (transaction_id);

-- One link of the chain: all rows of the transactions from `from_transaction` up to, not including, `to_transaction`,
-- none of which can still be running when the link is made. `previous_hash` is unique, so the chain cannot fork.
create table audit_seals (
  position bigint primary key,
  from_transaction xid8 not null,
  to_transaction xid8 not null check (to_transaction > from_transaction),
  first_id bigint not null,
  last_id bigint not null,
  row_count integer not null check (row_count > 0),
  rows_hash text not null,
  previous_hash text not null unique,
  hash text not null unique,
  sealed_at timestamptz not null default clock_timestamp()
);

-- What units filed stands in `before` and `after`, so the second wall goes through here too. Whoever acts may add;
-- reading needs the county (and the school); what belongs to no county is told without values below. Not forced: the
-- owner is no part of the application, and the function below reads as the owner.
alter table audit_events enable row level security;
create policy adding on audit_events for insert with check (true);
create policy place on audit_events for select using (
  county_id = any ((select string_to_array(nullif(current_setting('app.counties', true), ''), ',')::int[])::int[])
  and ((select nullif(current_setting('app.school', true), '')) is null
       or school_id = (select nullif(current_setting('app.school', true), ''))::int)
);
-- The sealer reads every row, whatever its county says.
create policy sealing on audit_events for select using ((select current_setting('app.sealing', true)) = 'on');

-- What the audit administrator reads: who, when, from where, what act, which object, which fields. Values only of what
-- lies in no county (people, roles, settings, sessions); the values of filings are not in the result and cannot be.
create function audit_entries(
  wanted_from timestamptz, wanted_to timestamptz, wanted_actor text, wanted_address text, wanted_action text,
  wanted_object_type text, wanted_object_id text, wanted_field text, wanted_county integer,
  page_size integer, page_offset bigint
) returns table (
  id bigint, at timestamptz, county_id integer, school_id integer, actor_id text, actor_name text, actor_role text,
  address text, action text, object_type text, object_id text, fields text[], before jsonb, after jsonb, total bigint
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select e.id, e.at, e.county_id, e.school_id, e.actor_id, coalesce(e.actor_name, p.name), e.actor_role, e.address,
         e.action, e.object_type, e.object_id, e.fields,
         case when e.county_id = 0 then e.before end, case when e.county_id = 0 then e.after end,
         count(*) over ()
    from audit_events e left join people p on p.id::text = e.actor_id
   where e.at >= coalesce(wanted_from, '-infinity') and e.at < coalesce(wanted_to, 'infinity')
     and (wanted_actor is null or coalesce(e.actor_name, p.name) ilike '%' || wanted_actor || '%'
          or p.username = lower(wanted_actor) or e.actor_id = wanted_actor)
     and (wanted_address is null or e.address like wanted_address || '%')
     and (wanted_action is null or e.action = wanted_action or e.action like wanted_action || '.%')
     and (wanted_object_type is null or e.object_type = wanted_object_type)
     and (wanted_object_id is null or e.object_id = wanted_object_id)
     and (wanted_field is null or wanted_field = any (e.fields))
     and (wanted_county is null or e.county_id = wanted_county)
   order by e.id desc
   limit page_size offset page_offset
$$;

revoke execute on function audit_entries from public;
grant execute on function audit_entries to dudao_app;

-- Append-only for the application: it may add and read, and that is all.
grant select, insert on audit_events, audit_seals to dudao_app;
