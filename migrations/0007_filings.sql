-- Yearly data filling: one filing per school and year, its steps, comments, reminders and imports.

create table filings (
  county_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  school_id integer not null,
  managing_unit_id integer not null references org_units,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'approved', 'accepted')),
  revision integer not null default 1,
  cells jsonb not null default '{}',
  reference jsonb not null default '{}',
  approved jsonb,
  -- After a return of chosen fields only these (and what a hard rule joins to them) are open; null: all are.
  open_fields text[],
  return_reason text,
  returned_at timestamptz,
  deadline_extension date,
  late boolean not null default false,
  filled integer not null default 0,
  required integer not null default 0,
  hard_findings integer not null default 0,
  soft_findings integer not null default 0,
  content_hash text,
  submitted_at timestamptz,
  approved_at timestamptz,
  accepted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Medians of similar schools, fixed when the period opens: a school may never see its neighbours' rows, so they cannot be
  -- computed for it later.
  peers jsonb not null default '{}',
  -- How many fields differ from what was approved; null while nothing was.
  changed_fields integer check (changed_fields >= 0),
  primary key (county_id, id),
  unique (county_id, period_id, school_id),
  foreign key (county_id, period_id, school_id) references period_schools
);

-- An explanation (`e`) is about the value that stands there and answers the doubts that it was written for: `d` holds
-- their codes. Without `d` it answers every doubt of its cell.
comment on column filings.cells is
  '@type Record<string, { v: number | string | null; n: number; e?: string; d?: readonly string[] }>';
comment on column filings.reference is '@type Record<string, number | string | null>';
comment on column filings.approved is '@type Record<string, number | string | null> | null';
comment on column filings.peers is '@type Record<string, { median: number; schools: number }>';

create index filings_by_period on filings (county_id, period_id, state);
create index filings_by_school on filings (school_id);

create table filing_steps (
  county_id integer not null references org_units,
  id uuid not null,
  filing_id uuid not null,
  school_id integer not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  actor_id text,
  actor_name text not null,
  actor_role text,
  -- In which post, and for whom where a colleague stood in: two posts of one person never sign the same act.
  post_id uuid,
  stand_in_for uuid,
  at timestamptz not null default now(),
  reason text,
  fields text[],
  primary key (county_id, id),
  foreign key (county_id, filing_id) references filings
);

create index filing_steps_by_filing on filing_steps (county_id, filing_id, at);

create table filing_comments (
  county_id integer not null references org_units,
  id uuid not null,
  filing_id uuid not null,
  school_id integer not null,
  field_key text not null,
  body text not null check (length(body) between 1 and 1000),
  author_id text not null,
  author_name text not null,
  at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, filing_id) references filings
);

create index filing_comments_by_filing on filing_comments (county_id, filing_id);

create table filing_reminders (
  county_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  school_id integer not null,
  sent_by text not null,
  sent_by_name text not null,
  sent_at timestamptz not null default now(),
  note text,
  primary key (county_id, id)
);

-- A school is reminded once a day of China's calendar, also by two who press at the same moment.
create unique index filing_reminders_once_a_day
  on filing_reminders (county_id, period_id, school_id, ((sent_at at time zone 'Asia/Shanghai')::date));

-- A checked workbook that waits for "全部写入"; nothing of it is in the filings before that.
create table filing_imports (
  county_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  -- Null for the workbook of a whole county.
  school_id integer,
  file_name text not null,
  file_hash text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  content jsonb not null,
  primary key (county_id, id)
);

select police(policed, 'county_id')
  from unnest(array['filings', 'filing_steps', 'filing_comments', 'filing_reminders', 'filing_imports']::regclass[]) as policed;

grant select, insert, update on filings, filing_comments, filing_reminders, filing_imports to dudao_app;
grant select, insert on filing_steps to dudao_app;
grant delete on filing_imports to dudao_app;
