-- Balance: standards as data with their revisions, and every run that was computed, with what it was computed from.

create table balance_standards (
  key text not null,
  revision integer not null check (revision >= 1),
  name text not null,
  -- 教督〔2012〕3号, 教督〔2017〕6号
  document text not null,
  effective_from date,
  effective_to date check (effective_to > effective_from),
  definition jsonb not null,
  source text not null,
  note text not null,
  -- Whether the revision came with the product: a corrected edition is compared with the one shipped before, never with a
  -- city's own revision.
  shipped boolean not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (key, revision)
);

comment on column balance_standards.definition is '@type Record<string, unknown>';

-- Results that everybody in the county may read, schools included: verdict, means, coefficients, nameless values.
create table balance_runs (
  county_id integer not null references org_units,
  id uuid not null,
  period_id integer not null references periods,
  standard_key text not null,
  standard_revision integer not null,
  formula_version text not null,
  inputs_hash text not null check (inputs_hash ~ '^[0-9a-f]{64}$'),
  verdict text not null check (verdict in ('pass', 'fail', 'provisional', 'unavailable')),
  provisional boolean not null,
  school_count integer not null,
  excluded_count integer not null,
  missing_count integer not null,
  summary jsonb not null,
  -- The values of each indicator, sorted and nameless.
  distribution jsonb not null,
  -- The one that overview and county page show. A run that comes true again becomes current again.
  current boolean not null,
  run_at timestamptz not null,
  run_by text not null,
  primary key (county_id, id),
  foreign key (standard_key, standard_revision) references balance_standards,
  unique (county_id, period_id, standard_key, standard_revision, formula_version, inputs_hash)
);

comment on column balance_runs.summary is '@type Record<string, unknown>';
comment on column balance_runs.distribution is '@type Record<string, Record<string, number[] | null>>';

create unique index balance_runs_current on balance_runs (county_id, period_id, standard_key) where current;
create index balance_runs_by_time on balance_runs (county_id, run_at);

-- Inputs and the whole result, school by school and with names. School roles do not read them.
create table balance_run_details (
  county_id integer not null references org_units,
  run_id uuid not null,
  inputs jsonb not null,
  result jsonb not null,
  primary key (county_id, run_id),
  foreign key (county_id, run_id) references balance_runs
);

comment on column balance_run_details.inputs is '@type unknown';
comment on column balance_run_details.result is '@type unknown';

-- One row for each school and level, for the school itself to read.
create table balance_run_schools (
  county_id integer not null references org_units,
  run_id uuid not null,
  school_id integer not null,
  level text not null check (level in ('primary', 'junior')),
  -- 学校标识码; null where the school had none.
  code text,
  name text not null,
  excluded_reason text,
  content jsonb,
  primary key (county_id, run_id, level, school_id),
  foreign key (county_id, run_id) references balance_runs,
  check (excluded_reason is null or content is null)
);

comment on column balance_run_schools.content is '@type Record<string, unknown> | null';

create index balance_run_schools_by_school on balance_run_schools (school_id);

-- A school reads the verdict and the figures of its county's runs, but neither inputs nor results by name.
select police('balance_runs', 'county_id', null, readable => true);
select police('balance_run_details', 'county_id', null);
select police('balance_run_schools', 'county_id');

-- Revisions and runs are added, never changed. Only the mark `current` of a run moves, and only this function moves it: a
-- grant on one column does not reach the shards of a distributed database. It works as the owner, whom no policy binds,
-- so it checks itself that the run is in reach of the transaction.
create function move_current_run(county integer, run uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  chosen balance_runs;
begin
  select * into chosen from balance_runs
   where county_id = county and id = run and in_place(county_id, null::integer);
  if not found then
    raise exception 'no run % of county % is in reach', run, county using errcode = 'insufficient_privilege';
  end if;
  update balance_runs set current = false
   where county_id = county and period_id = chosen.period_id and standard_key = chosen.standard_key and current;
  update balance_runs set current = true where county_id = county and id = run;
end
$$;

grant execute on function move_current_run to dudao_app;
grant select, insert on balance_standards, balance_runs, balance_run_details, balance_run_schools to dudao_app;
