-- The acts: person, act, object, moment, address, values before and after. A row is written in the transaction of the act
-- and never changed.

create table audit_events (
  -- The county-level unit, or the city unit; 0 for people, roles and settings alone.
  place_id integer not null default 0,
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
  -- When a personal access token spoke for the person, its id.
  token_id text,
  -- In which post the person acted.
  post_id uuid,
  -- Whose post it was, where a colleague stood in: by which arrangement, and for whom.
  stand_in_id uuid,
  stand_in_for uuid,
  stand_in_for_name text,
  -- The campaign to which the object belongs. It opens nothing: people from outside read no audit.
  campaign_id uuid,
  primary key (place_id, id)
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
  sealed_at timestamptz not null default clock_timestamp(),
  -- Which spelling of a row was hashed: a column that comes later makes a new spelling, and old links keep theirs.
  format integer not null default 1
);

-- `before` and `after` hold the figures of units, so the second wall goes through here too: reading needs the place (and
-- the school). A campaign opens nothing, because its rows show the acts of every unit and every expert in it. A function
-- below lists the rows that belong to no place, without values. The wall is not forced: the owner is no part of the
-- application, and the functions below read and write as the owner.
alter table audit_events enable row level security;
create policy reading on audit_events for select to dudao_app
  using (in_place(place_id, school_id));
-- The sealer reads the rows of every place.
create policy sealing on audit_events for select to dudao_app using (current_setting('app.sealing', true) = 'on');

-- The only way in for the program. The database itself sets the moment and the transaction of an act: otherwise a row could
-- be dated back, or slipped in behind a seal, which would break the chain for good. Where the transaction works for a
-- person, that person is the actor. Only people, roles, settings and jobs lie in no place; nobody could read another row
-- without a place, so the function refuses it.
create function record_audit(
  place integer, school integer, campaign uuid, act text, kind text, object text, touched text[], old_values jsonb,
  new_values jsonb, person text, person_name text, person_role text, from_address text, request text, token text,
  post uuid, stand_in uuid, principal uuid, principal_name text
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if place = 0 and kind not in ('person', 'session', 'token', 'role', 'post', 'setting', 'job') then
    raise exception 'an act on a % lies in a place', kind;
  end if;
  insert into audit_events (
    place_id, school_id, campaign_id, action, object_type, object_id, fields, before, after, actor_id, actor_name,
    actor_role, address, request_id, token_id, post_id, stand_in_id, stand_in_for, stand_in_for_name
  ) values (
    place, school, campaign, act, kind, object, touched, old_values, new_values,
    coalesce(nullif(current_setting('app.person', true), ''), person), person_name, person_role, from_address, request,
    token, post, stand_in, principal, principal_name
  );
end
$$;

grant execute on function record_audit to dudao_app;

-- The rows for the audit administrator: person, moment, address, act, object and fields. The result holds values only of
-- objects that lie in no place (people, roles, settings, sessions), and never those of filings. The function is in
-- PL/pgSQL: a distributed database plans the query of an SQL function with parameters as one of its caller, and refuses it.
create function audit_entries(
  wanted_from timestamptz, wanted_to timestamptz, wanted_actor text, wanted_address text, wanted_action text,
  wanted_object_type text, wanted_object_id text, wanted_field text, wanted_place integer,
  page_size integer, page_offset bigint
) returns table (
  id bigint, at timestamptz, place_id integer, school_id integer, actor_id text, actor_name text, actor_role text,
  address text, action text, object_type text, object_id text, fields text[], before jsonb, after jsonb, token_id text,
  post_id uuid, stand_in_for_name text, total bigint
)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
  select e.id, e.at, e.place_id, e.school_id, e.actor_id, coalesce(e.actor_name, p.name), e.actor_role, e.address,
         e.action, e.object_type, e.object_id, e.fields,
         case when e.place_id = 0 then e.before end, case when e.place_id = 0 then e.after end,
         e.token_id, e.post_id, e.stand_in_for_name, count(*) over ()
    from audit_events e left join people p on p.id::text = e.actor_id
   where e.at >= coalesce(wanted_from, '-infinity') and e.at < coalesce(wanted_to, 'infinity')
     and (wanted_actor is null or coalesce(e.actor_name, p.name) ilike '%' || wanted_actor || '%'
          or p.username = lower(wanted_actor) or e.actor_id = wanted_actor)
     and (wanted_address is null or e.address like wanted_address || '%')
     and (wanted_action is null or e.action = wanted_action or e.action like wanted_action || '.%')
     and (wanted_object_type is null or e.object_type = wanted_object_type)
     and (wanted_object_id is null or e.object_id = wanted_object_id)
     and (wanted_field is null or wanted_field = any (e.fields))
     and (wanted_place is null or e.place_id = wanted_place)
   order by e.id desc
   limit page_size offset page_offset;
end
$$;

grant execute on function audit_entries to dudao_app;

-- Sealing is not in the program's hands: it may ask for the next link, and the database computes the link. A link made
-- up by the program could end the chain, or cover rows that were never looked at. Verifying stays in the program
-- (src/server/core/audit/chain.ts has the same texts, and a test holds them together).
--
-- The function takes the rows of all transactions that are older than every running one and not sealed yet, at most up to
-- the transaction of the fifty thousandth, so that a long backlog is sealed in bites. It returns no row where there is
-- nothing to seal or another server is sealing.

create function seal_audit_events() returns setof audit_seals
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  last audit_seals;
  next audit_seals;
begin
  -- Any number serves, as long as every sealer of every server asks for the same one.
  if not pg_try_advisory_xact_lock(1936023916) then
    return;
  end if;
  select * into last from audit_seals order by position desc limit 1;
  next.position := coalesce(last.position, 0) + 1;
  next.from_transaction := coalesce(last.to_transaction, '0'::xid8);
  next.previous_hash := coalesce(last.hash, repeat('0', 64));
  next.to_transaction := pg_snapshot_xmin(pg_current_snapshot());
  next.to_transaction := coalesce(
    (select (e.transaction_id::text::bigint + 1)::text::xid8
       from audit_events e
      where e.transaction_id >= next.from_transaction and e.transaction_id < next.to_transaction
      order by e.transaction_id offset 49999 limit 1),
    next.to_transaction);
  select count(*), min(e.id), max(e.id),
         encode(sha256(string_agg(sha256(convert_to(jsonb_build_array(
           e.place_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.transaction_id::text,
           e.actor_id, e.actor_name, e.actor_role, e.address, e.action, e.object_type, e.object_id, e.school_id,
           e.fields, e.before, e.after, e.request_id, e.token_id, e.post_id, e.stand_in_id, e.stand_in_for,
           e.stand_in_for_name, e.campaign_id
         )::text, 'UTF8')),
         ''::bytea order by e.id)), 'hex')
    into next.row_count, next.first_id, next.last_id, next.rows_hash
    from audit_events e
   where e.transaction_id >= next.from_transaction and e.transaction_id < next.to_transaction;
  if next.row_count = 0 then
    return;
  end if;
  next.hash := encode(sha256(convert_to(concat_ws('|', next.position, next.from_transaction, next.to_transaction,
    next.first_id, next.last_id, next.row_count, next.rows_hash, next.previous_hash, 1), 'UTF8')), 'hex');
  next.sealed_at := clock_timestamp();
  next.format := 1;
  insert into audit_seals values (next.*);
  return next next;
end
$$;

grant execute on function seal_audit_events to dudao_app;

-- One act, one row. Our own transactions announce that they record their act themselves (`app.recorded` = `on`), and this
-- trigger adds nothing to them. better-auth writes people, accounts and second factors on connections of its own
-- (`sign-in`): this trigger records those writes, in their transaction and in the name of the person whose row it is. The
-- third argument leaves out what the row of a sign-in covers: sessions, half sign-ins and the count of wrong codes. A
-- write by hand or by another program announces nothing; this trigger records it with the name and address of the
-- database connection. The function runs as the owner, but `session_user` stays the connected user.
create function audit_row() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  shown text[] := tg_argv[1]::text[];
  recorded text := coalesce(current_setting('app.recorded', true), '');
  old_row jsonb;
  new_row jsonb;
  whole jsonb;
  changed text[];
begin
  if recorded = 'on' or recorded = 'sign-in' and tg_argv[2] = 'silent' then
    return null;
  end if;
  old_row := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  new_row := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  whole := old_row || new_row;
  select coalesce(array_agg(key order by key), '{}') into changed
    from jsonb_each(whole)
   where old_row -> key is distinct from new_row -> key
     and key not in ('updated_at', 'last_seen_at', 'initials')
     and not (recorded = 'sign-in' and key = 'failed_verification_count')
     and (tg_op = 'UPDATE' or value <> 'null'::jsonb);
  if changed = '{}' then
    return null;
  end if;
  insert into audit_events (actor_id, actor_name, address, action, object_type, object_id, fields, before, after)
  values (
    case when recorded = 'sign-in' then
      coalesce(whole ->> 'user_id', case when tg_argv[0] = 'person' then whole ->> 'id' end)
    end,
    case when recorded <> 'sign-in' then session_user end,
    case when recorded <> 'sign-in' then host(inet_client_addr()) end,
    tg_argv[0] || case tg_op when 'INSERT' then '.inserted' when 'UPDATE' then '.updated' else '.deleted' end,
    tg_argv[0],
    whole ->> 'id',
    changed,
    case when tg_op <> 'INSERT' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(old_row) where key = any (shown) and key = any (changed))
    end,
    case when tg_op <> 'DELETE' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(new_row) where key = any (shown) and key = any (changed))
    end
  );
  return null;
end
$$;

create trigger audit_people after insert or update or delete on people for each row
  execute function audit_row('person', '{name,username,phone,status,two_factor_enabled,must_change_password,password_changed_at}');
-- Not on last_seen_at: being seen is no act.
create trigger audit_sessions after insert or delete or update of token, user_id, expires_at, ip_address on sessions for each row
  execute function audit_row('session', '{user_id,expires_at,ip_address,user_agent}', 'silent');
create trigger audit_accounts after insert or update or delete on accounts for each row
  execute function audit_row('account', '{user_id,provider_id}');
create trigger audit_verifications after insert or update or delete on verifications for each row
  execute function audit_row('verification', '{expires_at}', 'silent');
create trigger audit_second_factors after insert or update or delete on second_factors for each row
  execute function audit_row('second-factor', '{user_id,verified,failed_verification_count,locked_until}');

grant select on audit_events, audit_seals to dudao_app;
