-- Notices leave the product by mail. The act writes the notice; a job plans a delivery for each addressee who has confirmed an
-- address, and sends it. A mail that may or may not have gone is uncertain, and is sent once more at most.

-- The own address of a person and how the person wants to be written to. An address counts once the code that was sent to it
-- came back. Minutes count from midnight in the time zone of the office.
create table mail_addresses (
  person_id uuid primary key references people on delete cascade,
  address text check (length(address) between 3 and 254),
  confirmed_at timestamptz,
  asked_address text check (length(asked_address) between 3 and 254),
  asked_at timestamptz,
  -- The day of the last question for a code, and the questions of that day.
  asked_on date,
  asked_times integer not null default 0,
  -- Why the code could not be sent, in words.
  asked_fault text,
  code_hash text,
  code_until timestamptz,
  wrong_codes integer not null default 0,
  -- Between these minutes nothing is sent; null: at any time.
  quiet_from smallint default 1320 check (quiet_from between 0 and 1439),
  quiet_until smallint default 420 check (quiet_until between 0 and 1439),
  -- All notices of a day in one mail at this minute; null: each when it comes.
  digest_at smallint check (digest_at between 0 and 1439),
  check ((address is null) = (confirmed_at is null)),
  check ((quiet_from is null) = (quiet_until is null)),
  check ((code_hash is null) = (code_until is null))
);

-- A kind of notice that a person does not want by mail.
create table mail_refusals (
  person_id uuid not null references people on delete cascade,
  kind text not null check (length(kind) between 3 and 80),
  primary key (person_id, kind)
);

grant select, insert, update, delete on mail_addresses, mail_refusals to dudao_app;

-- Where the program may open a connection to: a host and a port, entered by the 系统管理员. An address inside the own network is
-- refused unless its row says that it may be one.
create table outgoing_addresses (
  host text not null check (length(host) between 1 and 253 and host = lower(host)),
  port integer not null check (port between 1 and 65535),
  may_be_private boolean not null default false,
  purpose text not null check (length(purpose) between 1 and 100),
  added_by text not null,
  added_at timestamptz not null,
  primary key (host, port)
);

grant select, insert, delete on outgoing_addresses to dudao_app;

-- Whether it was decided to whom the notice goes outside the inbox. What was sent before there was mail stays inside.
alter table notices add column planned_at timestamptz;
update notices set planned_at = sent_at;
create index notices_unplanned on notices (sent_at) where planned_at is null;

-- One notice on its way to one person. `message_id` is fixed by the first row of a mail and never changes, so that a second copy
-- can be recognised. `repeated`: an uncertain mail was sent once more.
create table notice_deliveries (
  place_id integer not null,
  id uuid not null,
  notice_id uuid not null,
  kind text not null,
  person_id uuid not null,
  school_id integer,
  channel text not null check (channel in ('mail')),
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  message_id text not null,
  attempts integer not null default 0,
  repeated boolean not null default false,
  due_at timestamptz not null,
  -- Until then the server that took it is taken to be sending it.
  claimed_until timestamptz,
  -- What the last try met, in words.
  sentence text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (place_id, id),
  unique (place_id, notice_id, person_id, channel),
  -- A notice that is beyond its term takes what is known of its way with it.
  foreign key (place_id, notice_id) references notices (place_id, id) on delete cascade,
  check ((state = 'sending') = (claimed_until is not null)),
  check (state not in ('failed', 'uncertain') or sentence is not null)
);

create index notice_deliveries_due on notice_deliveries (due_at) where state in ('waiting', 'uncertain');
create index notice_deliveries_sending on notice_deliveries (claimed_until) where state = 'sending';
create index notice_deliveries_by_state on notice_deliveries (state, created_at);

select police('notice_deliveries');
-- Officers read how a notice of their place travels. Rows come and change by the functions below alone.
grant select on notice_deliveries to dudao_app;

-- Notices for which nobody has decided yet, the oldest first.
create function unplanned_notices(most integer) returns table (
  place integer, notice uuid, of_kind text, reaches text, school integer, person uuid, post uuid, moment timestamptz
) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select n.place_id, n.id, n.kind, n.audience, n.school_id, n.person_id, n.post_id, n.sent_at
    from notices n where n.planned_at is null order by n.sent_at limit most;
end
$$;

-- Marks these notices and writes their deliveries, each once.
create function plan_deliveries(planned jsonb, sent jsonb, moment timestamptz) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update notices n set planned_at = moment
    from jsonb_to_recordset(planned) as w(place integer, id uuid)
   where n.place_id = w.place and n.id = w.id and n.planned_at is null;
  return query
  insert into notice_deliveries (place_id, id, notice_id, kind, person_id, school_id, channel, message_id, due_at, created_at)
  select w.place, w.id, w.notice, w.kind, w.person, w.school, 'mail', w.message, w.due, moment
    from jsonb_to_recordset(sent) as w(
      place integer, id uuid, notice uuid, kind text, person uuid, school integer, message text, due timestamptz)
  on conflict do nothing
  returning notice_deliveries.id;
end
$$;

-- The server that took these did not come back: the mail went or it did not.
create function abandon_deliveries(words text, moment timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  left_behind integer;
begin
  update notice_deliveries d
     set state = 'uncertain', claimed_until = null, sentence = words, due_at = moment
   where d.state = 'sending' and d.claimed_until < clock_timestamp();
  get diagnostics left_behind = row_count;
  return left_behind;
end
$$;

-- The delivery that has been due longest, if it can be sent.
create function next_delivery(moment timestamptz) returns table (
  place integer, delivery uuid, person uuid, message text, tries integer
) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select d.place_id, d.id, d.person_id, d.message_id, d.attempts
    from notice_deliveries d
   where (d.state = 'waiting' or d.state = 'uncertain' and not d.repeated) and d.due_at <= moment
   order by d.due_at, d.id limit 1;
end
$$;

-- Takes a delivery, with what belongs into the same mail: at the first try everything of this person that is due, later what was
-- in it then. Nothing is returned where another server was quicker.
create function claim_deliveries(
  at_place integer, of_person uuid, first_message text, tried integer, moment timestamptz, seconds integer
) returns table (delivery uuid, notice uuid, of_kind text, again boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  update notice_deliveries d
     set state = 'sending', attempts = d.attempts + 1, message_id = first_message,
         repeated = d.repeated or d.state = 'uncertain',
         claimed_until = clock_timestamp() + make_interval(secs => seconds)
   where d.place_id = at_place and d.person_id = of_person and d.due_at <= moment and d.attempts = tried
     and (d.state = 'waiting' or d.state = 'uncertain' and not d.repeated)
     and (tried = 0 or d.message_id = first_message)
  returning d.id, d.notice_id, d.kind, d.repeated;
end
$$;

-- What became of a mail. Only whoever still holds it may say so.
create function settle_deliveries(
  at_place integer, first_message text, outcome text, words text, next_due timestamptz, moment timestamptz
) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  settled integer;
begin
  update notice_deliveries d
     set state = case when outcome = 'later' and d.repeated then 'uncertain' when outcome = 'later' then 'waiting'
                      else outcome end,
         -- A repetition that did not leave may be tried again.
         repeated = d.repeated and outcome <> 'later',
         sentence = words, claimed_until = null, due_at = coalesce(next_due, d.due_at),
         sent_at = case when outcome = 'sent' then moment else d.sent_at end
   where d.place_id = at_place and d.message_id = first_message and d.state = 'sending';
  get diagnostics settled = row_count;
  return settled;
end
$$;

-- What an operator sees of the mail: no subject of a notice and no words of it.
create function list_deliveries(wanted text, most integer, behind integer) returns table (
  place integer, delivery uuid, of_kind text, person uuid, as_state text, tries integer, again boolean, message text,
  words text, made timestamptz, due timestamptz, went timestamptz, was_read timestamptz, total bigint
) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select d.place_id, d.id, d.kind, d.person_id, d.state, d.attempts, d.repeated, d.message_id, d.sentence, d.created_at,
         d.due_at, d.sent_at, r.read_at, count(*) over ()
    from notice_deliveries d
    left join notice_reads r on r.place_id = d.place_id and r.notice_id = d.notice_id and r.person_id = d.person_id
   where wanted is null or d.state = wanted
   order by d.created_at desc, d.id limit most offset behind;
end
$$;

create function count_deliveries() returns table (as_state text, deliveries bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select d.state, count(*) from notice_deliveries d group by d.state;
end
$$;

-- Lets a delivery that failed be tried again, in the mail in which it was. Returns its kind, or nothing where it has not failed.
create function retry_delivery(at_place integer, wanted uuid, moment timestamptz) returns setof text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  update notice_deliveries d set state = 'waiting', attempts = 1, due_at = moment
   where d.place_id = at_place and d.id = wanted and d.state = 'failed'
  returning d.kind;
end
$$;

-- When somebody of these schools read a notice of a kind that was sent since a moment: the receipt beside the reminder.
create function reads_of_notices(of_places integer[], of_kind text, since timestamptz) returns table (
  place integer, subject uuid, notice uuid, first_read timestamptz
) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select n.place_id, n.subject_id, n.id, min(r.read_at)
    from notices n
    join notice_reads r on r.place_id = n.place_id and r.notice_id = n.id
   where n.place_id = any (of_places) and n.kind = of_kind and n.sent_at >= since and in_place(n.place_id, n.school_id)
   group by n.place_id, n.subject_id, n.id;
end
$$;

grant execute on function unplanned_notices, plan_deliveries, abandon_deliveries, next_delivery, claim_deliveries,
  settle_deliveries, list_deliveries, count_deliveries, retry_delivery, reads_of_notices to dudao_app;
