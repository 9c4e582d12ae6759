-- A school year that is over is archived by the city: from that day on its business rows are read and never written. The one
-- rule is `open_year`, and the policies below ask it of every row that somebody writes; where the year is archived it fails
-- with the name of the year and the day, and the program says that in its own words (`platform/db/errors.ts`). What hangs on
-- such a row (cells, steps, reports, the schools of a run) has no year of its own and is reached by acts on the row alone.
-- Not of a year in this sense: findings, which are worked over years until they are closed, letters, and work plans.

alter table periods
  add column archived_on date,
  add column archived_by_name text,
  add check ((archived_on is null) = (archived_by_name is null)),
  add check (archived_on is null or kind = 'school-year');

-- True where the year of a row takes writes. It fails instead of returning false, so that nobody takes a refused row for one
-- that is not there. Its table is a reference table, which every node of a distributed database has.
create function open_year(period integer) returns boolean language plpgsql stable parallel safe as $$
declare
  archived record;
begin
  select p.name, p.archived_on into archived from periods p where p.id = period and p.archived_on is not null;
  if found then
    raise exception using errcode = 'DY001', message = archived.name, detail = archived.archived_on::text;
  end if;
  return true;
end
$$;

create function open_collection(collection integer) returns boolean language plpgsql stable parallel safe as $$
begin
  return open_year((select c.period_id from collections c where c.id = collection));
end
$$;

grant execute on function open_year, open_collection to dudao_app;

-- Holds a table to the rule, by the column that names the year or the collection. The condition of a removal would be asked
-- before the others of its statement, also of rows that nobody means: there the rule is the second wall's own, and no
-- statement removes rows of a year but the one that takes back a year in which nothing happened.
create function guard_year(guarded regclass, rule text default 'open_year', of_column text default 'period_id')
returns void language plpgsql as $$
begin
  execute format('create policy year_adding on %s as restrictive for insert to dudao_app with check (%I(%I))',
    guarded, rule, of_column);
  execute format('create policy year_changing on %s as restrictive for update to dudao_app using (true) with check (%I(%I))',
    guarded, rule, of_column);
end
$$;

select guard_year(guarded)
  from unnest(array['period_schools', 'balance_runs', 'balance_tracks', 'province_publications', 'entered_facts']::regclass[])
    as guarded;
select guard_year(guarded, 'open_collection', 'collection_id')
  from unnest(array['collection_subjects', 'filings']::regclass[]) as guarded;

-- A collection lies at no place: everybody reads it, and the rule of the year is the only one.
alter table collections enable row level security;
create policy reading on collections for select to dudao_app using (true);
create policy adding on collections for insert to dudao_app with check (open_year(period_id));
create policy changing on collections for update to dudao_app using (true) with check (open_year(period_id));

-- The mark of the shown run is moved as the owner, whom no policy binds.
create or replace function move_current_run(county integer, run uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  chosen balance_runs;
begin
  select * into chosen from balance_runs
   where county_id = county and id = run and in_place(county_id, null::integer);
  if not found then
    raise exception 'no run % of county % is in reach', run, county using errcode = 'insufficient_privilege';
  end if;
  perform open_year(chosen.period_id);
  update balance_runs set current = false
   where county_id = county and period_id = chosen.period_id and standard_key = chosen.standard_key and current;
  update balance_runs set current = true where county_id = county and id = run;
end
$$;
