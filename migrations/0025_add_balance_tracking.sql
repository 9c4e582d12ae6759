-- Tracking of balance (均衡监测年度跟踪): what the province published of a county and year beside our own run, the county's
-- self-report, the city's review, the issues and their way through the ledger. Every row lies at its county. No school reads
-- any of it.

-- What the province published, one row a document of a county and year. A correction adds a row and ends the one before.
create table province_publications (
  place_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  standard_key text not null,
  -- The edition by which the province counted, where its document says so.
  edition text not null default '' check (length(edition) <= 60),
  document_number text not null check (length(document_number) between 2 and 60),
  published_on date not null,
  -- Where the figures stand: the document and its page, or how they came.
  source text not null check (length(source) between 2 and 500),
  -- Why it replaces the one before; null for the first.
  reason text check (length(reason) between 2 and 500),
  entered_by text not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  primary key (place_id, id)
);

create unique index province_publications_standing
  on province_publications (place_id, period_id, standard_key) where replaced_at is null;

-- The figures as they were printed: their decimals count, so they are texts. What was not published has no row.
create table province_publication_figures (
  place_id integer not null references org_units,
  publication_id uuid not null,
  level text not null check (level in ('primary', 'junior')),
  -- `composite`, an indicator of the standard, or `schools`.
  indicator text not null check (indicator ~ '^[A-Za-z]{2,40}$'),
  value text not null check (value ~ '^\d{1,4}(\.\d{1,6})?$'),
  primary key (place_id, publication_id, level, indicator),
  foreign key (place_id, publication_id) references province_publications (place_id, id)
);

-- The schools that the province counted, where it gave a list.
create table province_publication_schools (
  place_id integer not null references org_units,
  publication_id uuid not null,
  id uuid not null,
  level text not null check (level in ('primary', 'junior')),
  code text check (length(code) <= 20),
  name text not null check (length(name) between 2 and 60),
  primary key (place_id, id),
  foreign key (place_id, publication_id) references province_publications (place_id, id)
);

create index province_publication_schools_by_publication on province_publication_schools (place_id, publication_id);

-- One track a county and school year. How far its issues are is counted in the ledger and stands nowhere here.
create table balance_tracks (
  place_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  school_year smallint not null check (school_year between 2000 and 2200),
  standard_key text not null,
  state text not null default 'opened' check (state in (
    'opened', 'data-received', 'self-report-due', 'submitted', 'city-reviewed', 'issues-listed', 'rectified-confirmed',
    'closed', 'cancelled'
  )),
  -- Since when it is in this state.
  since date not null,
  revision integer not null default 1,
  -- Of a closing while findings are open, or of a cancellation.
  reason text check (length(reason) between 2 and 500),
  opened_by_name text not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (place_id, id)
);

create unique index balance_tracks_standing on balance_tracks (place_id, period_id) where state <> 'cancelled';

-- The day by which each state is to be left, as the rules of the year gave it.
create table balance_track_terms (
  place_id integer not null references org_units,
  track_id uuid not null,
  state text not null,
  due_on date not null,
  primary key (place_id, track_id, state),
  foreign key (place_id, track_id) references balance_tracks (place_id, id)
);

-- The self-report of a round; a return begins the next. What it rests on is frozen when it is passed to whoever submits:
-- the run with its hash, the publication, and the figures beside it.
create table balance_track_reports (
  place_id integer not null references org_units,
  id uuid not null,
  track_id uuid not null,
  round smallint not null check (round >= 1),
  revision integer not null default 1,
  measures text not null default '' check (length(measures) <= 4000),
  conclusion text not null default '' check (length(conclusion) <= 4000),
  run_id uuid,
  run_edition text,
  inputs_hash text,
  formula_version text,
  publication_id uuid,
  prepared_by_name text,
  prepared_at timestamptz,
  submitted_by_name text,
  submitted_at timestamptz,
  decision text check (decision in ('accepted', 'returned')),
  decided_by_name text,
  decided_at timestamptz,
  primary key (place_id, id),
  unique (place_id, track_id, round),
  foreign key (place_id, track_id) references balance_tracks (place_id, id),
  check ((prepared_at is null) = (prepared_by_name is null)),
  check ((decision is null) = (decided_at is null)),
  check (submitted_at is null or prepared_at is not null)
);

create table balance_track_report_figures (
  place_id integer not null references org_units,
  report_id uuid not null,
  level text not null check (level in ('primary', 'junior')),
  indicator text not null,
  ours text,
  published text,
  difference text,
  kind text not null check (kind in ('equal', 'rounding', 'edition', 'schools', 'unexplained', 'missing')),
  cause text not null default '',
  primary key (place_id, report_id, level, indicator),
  foreign key (place_id, report_id) references balance_track_reports (place_id, id)
);

-- Why a figure differs, as a person wrote it. The newest counts; the ones before stay.
create table balance_track_causes (
  place_id integer not null references org_units,
  id uuid not null,
  track_id uuid not null,
  level text not null check (level in ('primary', 'junior')),
  indicator text not null,
  body text not null check (length(body) between 2 and 1000),
  written_by text not null,
  written_by_name text not null,
  written_at timestamptz not null,
  primary key (place_id, id),
  foreign key (place_id, track_id) references balance_tracks (place_id, id)
);

create index balance_track_causes_by_track on balance_track_causes (place_id, track_id, level, indicator, written_at);

-- What was taken from the rules' list into the ledger. The id is that of the finding; where it stands, the ledger says.
create table balance_track_issues (
  place_id integer not null references org_units,
  id uuid not null,
  track_id uuid not null,
  key text not null,
  rule text not null,
  level text check (level in ('primary', 'junior')),
  indicator text,
  about_school_id integer,
  title text not null check (length(title) between 2 and 200),
  body text not null,
  -- The figure that broke the rule, with all its decimals, and the line that it broke.
  figure text,
  line text,
  run_id uuid,
  listed_by_name text not null,
  listed_on date not null,
  primary key (place_id, id),
  unique (place_id, track_id, key),
  foreign key (place_id, track_id) references balance_tracks (place_id, id)
);

-- 优质均衡: the year for which a county is planned to be recognised, with its document. A change adds a row.
create table balance_plan_years (
  place_id integer not null references org_units,
  id uuid not null,
  planned_year smallint not null check (planned_year between 2017 and 2100),
  document_number text not null check (length(document_number) between 2 and 60),
  reason text not null default '' check (length(reason) <= 500),
  entered_by text not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  primary key (place_id, id)
);

create unique index balance_plan_years_standing on balance_plan_years (place_id) where replaced_at is null;

select police(policed, school => null)
  from unnest(array['province_publications', 'province_publication_figures', 'province_publication_schools', 'balance_tracks',
                    'balance_track_terms', 'balance_track_reports', 'balance_track_report_figures',
                    'balance_track_causes', 'balance_track_issues', 'balance_plan_years']::regclass[]) as policed;

grant select, insert, update on province_publications, balance_tracks, balance_track_reports, balance_plan_years to dudao_app;
grant select, insert on province_publication_figures, province_publication_schools, balance_track_terms,
  balance_track_causes, balance_track_issues to dudao_app;
grant select, insert, delete on balance_track_report_figures to dudao_app;

-- Roles of existing installations get the rights that new ones begin with. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{tracking.read,tracking.manage,tracking.review}'::text[]),
    ('section-officer', '{tracking.read}'::text[]),
    ('county-director', '{tracking.read,tracking.prepare,tracking.submit}'::text[]),
    ('county-officer', '{tracking.read,tracking.prepare}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
