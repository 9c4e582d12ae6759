-- A school year that is over is archived by the city: from that day on its business rows are read and never written. The one
-- rule is `open_year`, and the policies below ask it of every row that somebody writes; where the year is archived it fails
-- with the name of the year and the day, and the program says that in its own words (`platform/db/errors.ts`). What hangs on
-- such a row (cells, steps, reports, the schools of a run) has no year of its own and is reached by acts on the row alone.
-- The rule is asked of a row as it becomes. That a row stays in its year is held by the statements: none of them changes
-- the year of a filing, a run, a track or a publication, and none but `writeArchived` the day of the archive. The
-- collection, which names the year of all its filings, is asked of the year that it had as well.
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

-- Holds a table to the rule, by the column that names the year or the collection. It is no condition on the row as it was:
-- that would be asked before the other conditions of a statement, also of rows that nobody means, and would fail for them.
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

-- Rows of a year are removed by one statement, which takes back a year in which nothing happened. For a removal the rule
-- fails nobody: the rows of an archived year stay.
create function is_open_year(period integer) returns boolean language plpgsql stable parallel safe as $$
begin
  return not exists (select from periods p where p.id = period and p.archived_on is not null);
end
$$;

grant execute on function is_open_year to dudao_app;

create policy year_removing on period_schools as restrictive for delete to dudao_app using (is_open_year(period_id));

-- Waits until nobody is writing a row of a year, and keeps others from beginning until the transaction ends: whoever
-- archives a year counts what is open in it afterwards, and what was begun before is counted. It costs a write nothing.
create function lock_years() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  lock table balance_runs, balance_tracks, collection_subjects, entered_facts, filings, period_schools, province_publications
    in share row exclusive mode;
end
$$;

grant execute on function lock_years to dudao_app;

-- A collection lies at no place: everybody reads it, and the rule of the year is the only one.
alter table collections enable row level security;
create policy reading on collections for select to dudao_app using (true);
create policy adding on collections for insert to dudao_app with check (open_year(period_id));
create policy changing on collections for update to dudao_app using (true)
  with check (open_year(period_id) and open_collection(id));

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
