-- The tables that every duty shares: the steps of a subject that moves through a flow, comments on it, notices about it,
-- tables that come in, attached files, and facts that were entered with their document. A subject is named by its type
-- and its uuid; a part of it is a field, or `table/row/field`. A person from outside has no place; `campaign_id` lets that
-- person read the rows of an assigned campaign, but no row that is meant for one person.

create table steps (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_id uuid,
  subject_type text not null,
  subject_id uuid not null,
  school_id integer,
  action text not null,
  from_state text not null,
  to_state text not null,
  actor_id text,
  actor_name text not null,
  actor_role text,
  -- The post in which the person acted, and whose duty it was where somebody stood in.
  post_id uuid,
  stand_in_for text,
  stand_in_for_name text,
  at timestamptz not null default now(),
  reason text,
  -- The parts that a return opens; null: all of them.
  parts text[],
  primary key (place_id, id)
);

create index steps_by_subject on steps (place_id, subject_type, subject_id, at);

create table comments (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_id uuid,
  subject_type text not null,
  subject_id uuid not null,
  school_id integer,
  part text,
  body text not null check (length(body) between 1 and 1000),
  author_id text not null,
  author_name text not null,
  at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (place_id, id)
);

create index comments_by_subject on comments (place_id, subject_type, subject_id, at);

-- Notices to a school, to the officers of a place, or to one person.
create table notices (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_id uuid,
  kind text not null,
  audience text not null check (audience in ('school', 'place', 'person')),
  subject_type text not null,
  subject_id uuid not null,
  school_id integer,
  person_id uuid,
  sent_by text not null,
  sent_by_name text not null,
  sent_at timestamptz not null default now(),
  note text,
  -- The key of a notice that is sent once only: a reminder carries its subject and its day, so that two people who press
  -- at the same moment leave one.
  once_key text,
  primary key (place_id, id),
  unique (place_id, once_key),
  check (case audience when 'school' then school_id is not null when 'person' then person_id is not null
                       else school_id is null and person_id is null end)
);

create index notices_by_subject on notices (place_id, subject_type, subject_id, sent_at);
create index notices_by_school on notices (school_id, sent_at) where school_id is not null;

-- A table that was read and checked and waits to be taken over; nothing of it stands anywhere else before that. Only the
-- person who brought it reads it. A table of filings lies at its place, and a table of schools lies at the unit of the
-- person who brought it. Place 0 holds lists of people, which lie nowhere.
create table imports (
  place_id integer not null check (place_id >= 0),
  id uuid not null,
  campaign_id uuid,
  kind text not null,
  subject_type text,
  subject_id uuid,
  -- Null for the table of a whole place.
  school_id integer,
  file_name text not null,
  file_hash text not null,
  -- A digest of the data that the check compared with: taking over refuses where they have changed.
  stamp text,
  content jsonb not null,
  created_by uuid not null,
  post_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  taken_at timestamptz,
  primary key (place_id, id)
);

create index imports_by_expiry on imports (expires_at);

create table attachments (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_id uuid,
  subject_type text not null,
  subject_id uuid not null,
  school_id integer,
  part text,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  size bigint not null check (size >= 0),
  media_type text not null,
  added_by text not null,
  added_by_name text not null,
  added_at timestamptz not null default now(),
  detached_at timestamptz,
  detached_by text,
  primary key (place_id, id)
);

create index attachments_by_subject on attachments (place_id, subject_type, subject_id) where detached_at is null;

-- A figure that somebody entered with the document it rests on. A correction adds a row and ends the one before.
create table entered_facts (
  place_id integer not null references org_units,
  id uuid not null,
  subject_type text not null check (subject_type in ('school', 'unit')),
  subject_id integer not null,
  school_id integer generated always as (case when subject_type = 'school' then subject_id end) stored,
  key text not null,
  period_id integer not null references periods,
  value jsonb not null,
  source text not null,
  document text,
  entered_by text not null,
  entered_by_name text not null,
  entered_at timestamptz not null default now(),
  replaced_at timestamptz,
  primary key (place_id, id)
);

create unique index entered_facts_current
  on entered_facts (place_id, subject_type, subject_id, key, period_id) where replaced_at is null;

comment on column imports.content is '@type unknown';
comment on column entered_facts.value is '@type unknown';

select police(policed, campaign => 'campaign_id')
  from unnest(array['steps', 'comments', 'attachments']::regclass[]) as policed;
select police('entered_facts');

-- A notice can be meant for one person, wherever it lies. A campaign does not open such a notice.
create function of_person(person uuid) returns boolean language sql stable parallel safe as $$
  select person = nullif(current_setting('app.person', true), '')::uuid
$$;

grant execute on function of_person to dudao_app;

select police('notices', campaign => 'campaign_id');
drop policy reading on notices;
create policy reading on notices for select to dudao_app
  using (case audience when 'person' then of_person(person_id)
         else in_place(place_id, school_id) or in_campaign(campaign_id) end);

-- A table that waits shows what one person is about to write, so it is hers alone: the place and the campaign narrow her
-- further, and open nothing to anybody else.
select police('imports', campaign => 'campaign_id');
drop policy reading on imports;
drop policy adding on imports;
drop policy changing on imports;
create policy reading on imports for select to dudao_app
  using (of_person(created_by) and (place_id = 0 or in_place(place_id, school_id) or in_campaign(campaign_id)));
create policy adding on imports for insert to dudao_app
  with check (of_person(created_by) and (place_id = 0 or in_place(place_id, school_id)));
create policy changing on imports for update to dudao_app
  using (of_person(created_by) and (place_id = 0 or in_place(place_id, school_id)));

-- Removes the tables that nobody can take over any more, of every place and person: at night, and before another table is
-- kept. The clock of the database decides what has expired, whatever moment the program names.
create function delete_expired_imports(moment timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone bigint;
begin
  delete from imports where expires_at < least(moment, clock_timestamp());
  get diagnostics gone = row_count;
  return gone;
end
$$;

grant execute on function delete_expired_imports to dudao_app;

grant select, insert on steps to dudao_app;
grant select, insert, update on comments, notices, imports, attachments, entered_facts to dudao_app;
