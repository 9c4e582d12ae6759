-- Archived years hold what hangs on their rows, the province's basic standard has editions, and whoever holds records holds their
-- files.

-- What hangs on a row of a year bears the year too, and the database holds it to the rule of the archive as it holds its row. Until
-- now such a table was reached by acts alone. A policy asks no table that grows, so the year stands in the row itself, and the
-- key to the row above keeps it the same there.

-- The row above and its year, so that a key can name both.
alter table balance_runs add unique (county_id, id, period_id);
alter table balance_tracks add unique (place_id, id, period_id);
alter table province_publications add unique (place_id, id, period_id);

alter table balance_run_details add column period_id integer references periods;
update balance_run_details c set period_id = r.period_id from balance_runs r where r.county_id = c.county_id and r.id = c.run_id;
alter table balance_run_details
  alter column period_id set not null,
  drop constraint balance_run_details_county_id_run_id_fkey,
  add foreign key (county_id, run_id, period_id) references balance_runs (county_id, id, period_id);

alter table balance_run_schools add column period_id integer references periods;
update balance_run_schools c set period_id = r.period_id from balance_runs r where r.county_id = c.county_id and r.id = c.run_id;
alter table balance_run_schools
  alter column period_id set not null,
  drop constraint balance_run_schools_county_id_run_id_fkey,
  add foreign key (county_id, run_id, period_id) references balance_runs (county_id, id, period_id);

alter table balance_track_terms add column period_id integer references periods;
update balance_track_terms c set period_id = t.period_id from balance_tracks t where t.place_id = c.place_id and t.id = c.track_id;
alter table balance_track_terms
  alter column period_id set not null,
  drop constraint balance_track_terms_place_id_track_id_fkey,
  add foreign key (place_id, track_id, period_id) references balance_tracks (place_id, id, period_id);

alter table balance_track_causes add column period_id integer references periods;
update balance_track_causes c set period_id = t.period_id from balance_tracks t where t.place_id = c.place_id and t.id = c.track_id;
alter table balance_track_causes
  alter column period_id set not null,
  drop constraint balance_track_causes_place_id_track_id_fkey,
  add foreign key (place_id, track_id, period_id) references balance_tracks (place_id, id, period_id);

alter table balance_track_issues add column period_id integer references periods;
update balance_track_issues c set period_id = t.period_id from balance_tracks t where t.place_id = c.place_id and t.id = c.track_id;
alter table balance_track_issues
  alter column period_id set not null,
  drop constraint balance_track_issues_place_id_track_id_fkey,
  add foreign key (place_id, track_id, period_id) references balance_tracks (place_id, id, period_id);

alter table balance_track_reports add column period_id integer references periods;
update balance_track_reports c set period_id = t.period_id from balance_tracks t where t.place_id = c.place_id and t.id = c.track_id;
alter table balance_track_reports
  alter column period_id set not null,
  drop constraint balance_track_reports_place_id_track_id_fkey,
  add foreign key (place_id, track_id, period_id) references balance_tracks (place_id, id, period_id),
  add unique (place_id, id, period_id);

alter table balance_track_report_figures add column period_id integer references periods;
update balance_track_report_figures c set period_id = t.period_id from balance_track_reports t
 where t.place_id = c.place_id and t.id = c.report_id;
alter table balance_track_report_figures
  alter column period_id set not null,
  drop constraint balance_track_report_figures_place_id_report_id_fkey,
  add foreign key (place_id, report_id, period_id) references balance_track_reports (place_id, id, period_id);

alter table province_publication_figures add column period_id integer references periods;
update province_publication_figures c set period_id = p.period_id from province_publications p
 where p.place_id = c.place_id and p.id = c.publication_id;
alter table province_publication_figures
  alter column period_id set not null,
  drop constraint province_publication_figures_place_id_publication_id_fkey,
  add foreign key (place_id, publication_id, period_id) references province_publications (place_id, id, period_id);

alter table province_publication_schools add column period_id integer references periods;
update province_publication_schools c set period_id = p.period_id from province_publications p
 where p.place_id = c.place_id and p.id = c.publication_id;
alter table province_publication_schools
  alter column period_id set not null,
  drop constraint province_publication_schools_place_id_publication_id_fkey,
  add foreign key (place_id, publication_id, period_id) references province_publications (place_id, id, period_id);

-- As 0034 and 0039 have it: rows of an archived year are neither written nor found by whoever changes or locks, and stay.
create or replace function guard_year(guarded regclass, rule text default 'open_year', of_column text default 'period_id')
returns void language plpgsql as $$
begin
  execute format('create policy year_adding on %s as restrictive for insert to dudao_app with check (%I(%I))',
    guarded, rule, of_column);
  execute format('create policy year_changing on %s as restrictive for update to dudao_app using (%I(%I)) with check (%I(%I))',
    guarded, 'is_' || rule, of_column, rule, of_column);
end
$$;

select guard_year(guarded)
  from unnest(array['balance_run_details', 'balance_run_schools', 'balance_track_terms', 'balance_track_causes',
                    'balance_track_issues', 'balance_track_reports', 'balance_track_report_figures',
                    'province_publication_figures', 'province_publication_schools']::regclass[]) as guarded;
create policy year_removing on balance_track_report_figures as restrictive for delete to dudao_app using (is_open_year(period_id));

-- As before, with what hangs on the rows: nobody has looked at the year there and writes after it was archived.
create or replace function lock_years() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  for attempt in 1..30 loop
    begin
      lock table balance_run_details, balance_run_schools, balance_runs, balance_track_causes, balance_track_issues,
        balance_track_report_figures, balance_track_reports, balance_track_terms, balance_tracks, collection_subjects,
        entered_facts, filings, period_schools, province_publication_figures, province_publication_schools,
        province_publications
        in exclusive mode nowait;
      return;
    exception when lock_not_available then
      perform pg_sleep(0.1);
    end;
  end loop;
  raise exception 'rows of a school year are being written' using errcode = 'lock_not_available';
end
$$;

-- Editions of the province's basic standard (省级办学基本标准), by which the tracks of a school year judge schools: the newest one of
-- that year or of the last before it that has any. An edition is added and never changed, so that a year keeps its own.
create table basic_standards (
  from_year smallint not null check (from_year between 2000 and 2200),
  -- A correction for the same years.
  revision integer not null check (revision >= 1),
  name text not null,
  edition text not null,
  source text not null,
  definition jsonb not null,
  reason text not null check (length(reason) between 2 and 500),
  added_by_name text not null,
  added_at timestamptz not null,
  primary key (from_year, revision)
);

comment on column basic_standards.definition is '@type Record<string, unknown>';

grant select, insert on basic_standards to dudao_app;

update retention_terms
   set covers = '标明涉及未成年人的影像和声音：过了各自写明的保存期不能打开，再过 7 天由夜间任务清理内容；名称、用途、期限、校验码和清理记录保留。“附件”或所附事项一类的记录（填报、整改台账、公文、工作要点）暂停清理时不清理'
 where kind = 'marked-files';

-- As before, but what hangs on a subject stays while records of its kind are held: a case about letters needs their files.
create or replace function remove_attachments_over(day date)
returns table (place integer, attachment uuid, school integer, type text, subject uuid, file_name text, meant_for text,
  kept date, hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_day date := least(day, (clock_timestamp() at time zone 'Asia/Shanghai')::date) - 8;
  held text[];
  gone integer;
  proof text;
  first_day date;
  newest_day date;
begin
  if exists (select 1 from retention_holds h where h.kind = 'files' and h.lifted_at is null) then
    return;
  end if;
  select coalesce(array_agg(s.subject_type), '{}') into held
    from (values ('filing', 'filings'), ('finding', 'findings'), ('letter', 'letters'), ('letter-receipt', 'letters'),
                 ('work-item-note', 'plans')) s(subject_type, kind)
   where exists (select 1 from retention_holds h where h.kind = s.kind and h.lifted_at is null);
  update attachments a set removed_at = now(), removed_by = '夜间任务'
   where a.keep_until <= last_day and a.period_written_at <= now() - interval '7 days' and a.removed_at is null
     and a.subject_type <> all (held);
  -- No other transaction has this moment: a second server waits for the job of the first.
  select count(*)::integer, min(a.keep_until), max(a.keep_until),
         encode(sha256(string_agg(sha256(convert_to(to_jsonb(a)::text, 'UTF8')), ''::bytea order by a.place_id, a.id)), 'hex')
    into gone, first_day, newest_day, proof
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
  insert into retention_proofs as p (kind, checked_at, removed_at, removed, digest, oldest, newest)
  select 'marked-files', now(), case when gone > 0 then now() end, nullif(gone, 0), proof,
         first_day at time zone 'Asia/Shanghai', newest_day at time zone 'Asia/Shanghai'
  on conflict (kind) do update
     set checked_at = excluded.checked_at,
         removed_at = coalesce(excluded.removed_at, p.removed_at),
         removed = coalesce(excluded.removed, p.removed),
         digest = coalesce(excluded.digest, p.digest),
         oldest = coalesce(excluded.oldest, p.oldest),
         newest = coalesce(excluded.newest, p.newest);
  return query
  select a.place_id, a.id, a.school_id, a.subject_type, a.subject_id, a.name, a.purpose, a.keep_until, a.file_hash
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
end
$$;

-- A school and those that were merged into it, however many mergers ago: written once for the two functions that ask it.
create function merged_schools(school integer) returns integer[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return (
    with recursive merged as (
      select school as school_id
      union
      select p.school_id from merged m join school_places p on p.into_school_id = m.school_id
    )
    select array_agg(m.school_id) from merged m
  );
end
$$;

create or replace function names_at_post(person text, place integer, school integer)
returns table (known text, present boolean, shared boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  schools integer[] := merged_schools(school);
begin
  return query
  with office as (
    select distinct g.person_id::text as id from grants g
     where case when school is null then g.unit_id = place else g.school_id = any (schools) end
  ),
  others as (
    select unnest(names_of_person(o.id)) as name from office o where o.id <> person
  )
  select n.name, n.name = p.name, exists (select 1 from others o where o.name = n.name)
    from people p, unnest(names_of_person(person)) as n(name)
   where p.id::text = person and person in (select o.id from office o);
end
$$;

create or replace function findings_in_duty_of(names text[], units integer[], school integer)
returns table (place_id integer, id uuid)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  schools integer[] := merged_schools(school);
begin
  if school is null then
    return query
    select f.place_id, f.id from findings f
     where f.duty_type <> 'school' and f.duty_unit_id = any (units) and f.duty_person = any (names)
       and f.state not in ('closed', 'cancelled');
  else
    return query
    select f.place_id, f.id from findings f
     where f.duty_type = 'school' and f.school_id = any (schools) and f.duty_person = any (names)
       and f.state not in ('closed', 'cancelled');
  end if;
end
$$;

grant execute on function merged_schools to dudao_app;
