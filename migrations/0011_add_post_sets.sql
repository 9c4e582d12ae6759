-- Who alone could have set the password of an account: the maker of the link by which it was set, or whoever handed it
-- out. Null where two people made the link, or the person was in use before. Nobody becomes an approver with a password
-- that one administrator may know.
alter table people add column password_link_by uuid references people;

update people set password_link_by = created_by where must_change_password or password_changed_at is null;
update people p set password_link_by = l.created_by
  from setup_links l
 where l.person_id = p.id and l.created_by is not null and l.used_at = p.password_changed_at;

-- A link of two halves opens only together with the code of its person, which another administrator gave.
alter table setup_links add column coded boolean not null default false;

-- The code of a person: one administrator gives it, another makes the link. Five wrong ones end code and link. The count
-- stands at the code, so that a new link gives no new tries.
create table setup_codes (
  person_id uuid primary key references people on delete cascade,
  hash text not null,
  wrong smallint not null default 0 check (wrong between 0 and 5),
  made_by uuid not null references people,
  made_at timestamptz not null
);

-- Posts of many people, proposed with one table and granted as a set by somebody else.
create table post_sets (
  id uuid primary key,
  state text not null default 'waiting' check (state in ('waiting', 'granted', 'rejected')),
  file_name text not null,
  proposed_by uuid not null references people,
  proposed_at timestamptz not null,
  decided_by uuid references people,
  decided_at timestamptz,
  reason text,
  check ((state = 'waiting') = (decided_at is null)),
  check (decided_by is distinct from proposed_by or state <> 'granted')
);

create index post_sets_waiting on post_sets (proposed_at) where state = 'waiting';

-- One line is one post of one person, numbered as in the table. `outcome` says what became of it: granted, excepted by
-- hand, or refused by a rule with the sentence in `reason`.
create table post_set_lines (
  set_id uuid not null references post_sets,
  line integer not null,
  person_id uuid not null references people,
  is_new boolean not null,
  role_key text not null references roles,
  unit_id integer references org_units,
  school_id integer references school_places,
  outcome text check (outcome in ('granted', 'excepted', 'refused')),
  reason text,
  primary key (set_id, line),
  check (school_id is null or unit_id is null)
);

create index post_set_lines_by_person on post_set_lines (person_id);

-- What lets somebody into an account that takes two people: proposed by one administrator, confirmed by another.
create table account_requests (
  id uuid primary key,
  person_id uuid not null references people,
  act text not null check (act in ('password', 'second-factor', 'enable')),
  state text not null default 'waiting' check (state in ('waiting', 'confirmed', 'rejected')),
  proposed_by uuid not null references people,
  proposed_at timestamptz not null,
  decided_by uuid references people,
  decided_at timestamptz,
  reason text,
  check ((state = 'waiting') = (decided_at is null)),
  check (decided_by is distinct from proposed_by or state <> 'confirmed')
);

create unique index account_requests_waiting on account_requests (person_id, act) where state = 'waiting';

grant select, insert, update, delete on setup_codes to dudao_app;
grant select, insert, update on post_sets, post_set_lines, account_requests to dudao_app;
