-- People, how they prove who they are, and what they may do. `people`, `sessions`, `accounts`, `verifications` and
-- `second_factors` are better-auth's tables under our names; what we add to them has defaults, so that it need not know.

create table people (
  id uuid primary key,
  name text not null check (length(name) between 1 and 40),
  username text not null unique check (username = lower(username)),
  -- better-auth insists on an address; nobody signs in by it, so it is made from the id and leads nowhere.
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  initials text not null default '',
  phone text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  -- Null while the first password has not been chosen.
  password_changed_at timestamptz,
  must_change_password boolean not null default false,
  created_by uuid references people,
  revision integer not null default 1
);

create index people_by_name on people (name);

create table sessions (
  id uuid primary key,
  user_id uuid not null references people on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A row that better-auth has made is no session yet: it becomes one when it is first seen, in the transaction that
  -- records the sign-in. A server that is killed in between leaves nothing that anybody could use.
  last_seen_at timestamptz not null default '-infinity'
);

create index sessions_by_person on sessions (user_id);

create table accounts (
  id uuid primary key,
  user_id uuid not null references people on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);

create index accounts_by_person on accounts (user_id);

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index verifications_by_identifier on verifications (identifier);

create table second_factors (
  id uuid primary key,
  user_id uuid not null unique references people on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz,
  -- The time step (30 seconds each since 1970) of the last code that was accepted. A code counts once: a person who
  -- reads it over a shoulder cannot use it in the half minute in which it still shows.
  last_time_step integer
);

-- The last hashes, so that a password does not come back; never read by any route.
create table password_history (
  person_id uuid not null references people on delete cascade,
  changed_at timestamptz not null default now(),
  hash text not null,
  primary key (person_id, changed_at)
);

-- Counted per account AND address: a stranger elsewhere cannot lock a colleague out. Account '' counts an address as a
-- whole. The account is the typed name, so that unknown names behave exactly like known ones.
create table sign_in_failures (
  account text not null,
  address text not null,
  failures integer not null,
  counted_since timestamptz not null,
  locked_until timestamptz,
  primary key (account, address)
);

-- What a role may do is data; the permissions it may name are code (src/domain/access/permissions.ts). `reach` says where
-- a post of this role reaches: the city with its counties, one county, one school, a set of schools that is assigned, a
-- campaign that is assigned, or nowhere.
create table roles (
  key text primary key,
  name text not null unique,
  reach text not null check (reach in ('city', 'county', 'school', 'schools', 'campaign', 'none')),
  permissions text[] not null,
  -- 三员分立: holds no business permission, stands nowhere in the tree.
  separated boolean not null default false,
  second_factor boolean not null default false,
  sort_order integer not null,
  revision integer not null default 1,
  check (not separated or reach = 'none')
);

-- A change of a role waits for a second 安全管理员, or for a day to pass under the eyes of the 审计管理员. `before` is null
-- for a role that is new.
create table role_changes (
  id uuid primary key,
  -- No foreign key: a new role does not exist before its change takes effect.
  role_key text not null,
  -- The revision of the role that the proposal was written against; 0 for a new role.
  role_revision integer not null,
  before jsonb,
  after jsonb not null,
  proposed_by uuid not null references people,
  proposed_at timestamptz not null,
  -- When it takes effect by itself.
  effective_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'confirmed', 'rejected', 'elapsed', 'overtaken')),
  decided_by uuid references people,
  decided_at timestamptz,
  reason text,
  check ((state = 'waiting') = (decided_at is null)),
  check (decided_by is distinct from proposed_by or state <> 'confirmed')
);

comment on column role_changes.before is '@type { name: string; reach: string; permissions: readonly string[]; secondFactor: boolean } | null';
comment on column role_changes.after is '@type { name: string; reach: string; permissions: readonly string[]; secondFactor: boolean }';

create unique index role_changes_waiting on role_changes (role_key) where state = 'waiting';

-- One role at one place is a post; a person may hold several. The past stays. Posts of a unit name the unit, posts of a
-- school name the school alone: `school_places` names its county, so that the post moves with the school.
create table grants (
  id uuid primary key,
  person_id uuid not null references people,
  role_key text not null references roles,
  unit_id integer references org_units,
  school_id integer references school_places,
  granted_at timestamptz not null default now(),
  granted_by uuid references people,
  revoked_at timestamptz,
  revoked_by uuid references people,
  check (school_id is null or unit_id is null)
);

create unique index grants_active on grants (person_id, role_key, unit_id, school_id) nulls not distinct
  where revoked_at is null;
create index grants_by_school on grants (school_id) where revoked_at is null;
create index grants_by_unit on grants (unit_id) where revoked_at is null;
create index grants_by_role on grants (role_key) where revoked_at is null;

-- 三员分立, held by the database: a separated role stands beside no other. The row of the person is locked, so that the
-- second of two simultaneous grants sees the first.
create function keep_separated() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform 1 from people where id = new.person_id for update;
  if exists (
    select 1 from grants g join roles held on held.key = g.role_key join roles given on given.key = new.role_key
     where g.person_id = new.person_id and g.revoked_at is null and g.role_key <> new.role_key
       and (held.separated or given.separated)
  ) then
    raise exception 'a separated role stands beside no other role of the same person' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger keep_separated before insert on grants for each row when (new.revoked_at is null)
  execute function keep_separated();

-- The reach of a post whose role reaches by assignment: schools or whole units for an inspector, a campaign for an expert
-- or an agency. Days are China's days by the real clock, both included.
create table assignments (
  id uuid primary key,
  grant_id uuid not null references grants,
  unit_id integer references org_units,
  school_id integer references school_places,
  campaign_id uuid,
  -- The part of a campaign that is theirs.
  branch text,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  given_by uuid references people,
  given_at timestamptz not null default now(),
  ended_by uuid references people,
  ended_at timestamptz,
  check (num_nonnulls(unit_id, school_id, campaign_id) = 1)
);

create index assignments_by_grant on assignments (grant_id) where ended_at is null;

-- 代办: the acts of a post in the hands of a colleague, until a day (included) by the real clock. It ends with the post.
create table stand_ins (
  id uuid primary key,
  grant_id uuid not null references grants,
  person_id uuid not null references people,
  valid_from timestamptz not null default now(),
  until date not null,
  given_by uuid references people,
  given_at timestamptz not null default now(),
  ended_by uuid references people,
  ended_at timestamptz
);

create unique index stand_ins_active on stand_ins (grant_id, person_id) where ended_at is null;
create index stand_ins_by_person on stand_ins (person_id) where ended_at is null;

-- The post at work where a request names none: chosen at sign-in, or the last one chosen.
alter table sessions add column grant_id uuid references grants, add column stand_in_id uuid references stand_ins;

-- One-time links. Only the hash is kept; the holder of the link has the right, once, until it expires.
create table setup_links (
  hash text primary key,
  purpose text not null check (purpose in ('administrator', 'password')),
  role_key text references roles,
  person_id uuid references people on delete cascade,
  created_at timestamptz not null default now(),
  created_by uuid references people,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'administrator') = (role_key is not null)),
  check ((purpose = 'password') = (person_id is not null))
);

create index setup_links_by_person on setup_links (person_id);

-- Personal access tokens for other systems: a part of the permissions of one post of the person, until a day.
create table access_tokens (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  grant_id uuid not null references grants,
  name text not null check (length(name) between 1 and 60),
  hash text not null unique,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create index access_tokens_by_person on access_tokens (person_id);
create index access_tokens_by_grant on access_tokens (grant_id);

create table settings (
  key text primary key,
  value jsonb not null,
  revision integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by uuid references people
);

comment on column settings.value is '@type unknown';

insert into roles (key, name, reach, separated, second_factor, sort_order, permissions) values
  ('system-administrator', '系统管理员', 'none', true, true, 1, '{people.read,people.manage,setting.manage}'),
  ('security-administrator', '安全管理员', 'none', true, true, 2, '{people.read,role.grant}'),
  ('audit-administrator', '审计管理员', 'none', true, true, 3, '{audit.read}'),
  ('city-officer', '市级督导干部', 'city', false, true, 4,
   '{directory.read,directory.manage,filing.read,filing.return,filing.approve,filing.accept,filing.remind,filing.extend,filing.reopen,period.manage,balance.read,balance.run,standard.manage}'),
  ('section-officer', '市局科室干部', 'city', false, false, 5, '{directory.read,filing.read,balance.read}'),
  ('county-director', '县级督导室主任', 'county', false, false, 6,
   '{directory.read,filing.read,filing.return,filing.approve,filing.remind,filing.extend,filing.reopen,balance.read,balance.run}'),
  ('county-officer', '县级督导干部', 'county', false, false, 7,
   '{directory.read,filing.read,filing.fill,filing.submit,filing.return,filing.remind,filing.extend,balance.read,balance.run}'),
  ('school-head', '校长', 'school', false, false, 8,
   '{directory.read,filing.read,filing.fill,filing.submit,filing.sign,balance.read}'),
  ('school-clerk', '学校填报员', 'school', false, false, 9, '{directory.read,filing.read,filing.fill,filing.submit,balance.read}');

-- One row, because the look-up of a session reads it with every request.
insert into settings (key, value) values
  ('access', '{"secondFactor": true, "endOlderSession": true, "passwordDays": 90, "idleMinutes": 30}');

-- A server may remember a session for seconds. An act that takes or gives a right is announced at its commit, so that
-- every server forgets at once. "Last seen" changes no right and is not announced. The name of the table is an argument:
-- on a distributed database the trigger would see the name of a shard.
create function announce_access_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', tg_argv[0]);
  return null;
end
$$;

create trigger announce_sessions after delete or update of token, user_id, expires_at, grant_id, stand_in_id on sessions
  for each statement execute function announce_access_change('sessions');
create trigger announce_people
  after delete or update of name, username, status, must_change_password, password_changed_at, two_factor_enabled
  on people for each statement execute function announce_access_change('people');
create trigger announce_grants after insert or update or delete on grants
  for each statement execute function announce_access_change('grants');
create trigger announce_assignments after insert or update or delete on assignments
  for each statement execute function announce_access_change('assignments');
create trigger announce_stand_ins after insert or update or delete on stand_ins
  for each statement execute function announce_access_change('stand_ins');
create trigger announce_school_places after insert or update or delete on school_places
  for each statement execute function announce_access_change('school_places');
create trigger announce_roles after insert or update or delete on roles
  for each statement execute function announce_access_change('roles');
create trigger announce_access_tokens after delete or update of permissions, expires_at, revoked_at on access_tokens
  for each statement execute function announce_access_change('access_tokens');
create trigger announce_settings after insert or update or delete on settings
  for each statement execute function announce_access_change('settings');

grant select, insert, update on people, accounts, roles, role_changes, grants, assignments, stand_ins, setup_links,
  access_tokens, settings to dudao_app;
grant select, insert, update, delete on sessions, verifications, second_factors, sign_in_failures to dudao_app;
grant select, insert, delete on password_history to dudao_app;
