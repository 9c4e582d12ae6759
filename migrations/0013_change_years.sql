-- A year that was opened by mistake is taken back, and may be opened again: a cancelled collection leaves its place free.
alter table collections drop constraint collections_key_period_id_key;
create unique index collections_of_period on collections (key, period_id) where state <> 'cancelled';

-- A year that ended with nothing in it, or was taken back, is nobody's default while there is another one.
alter table periods add column passed_over boolean not null default false;

-- The period of a kind that is meant where nobody names one: the newest that has begun and was not passed over, so that a
-- year which is prepared ahead of its day does not push the year under way aside; the newest of all while none has begun.
-- A period counts as begun from the day of its register. `today` is China's calendar day.
create or replace function default_period(wanted text, today date) returns integer language sql stable as $$
  select id from periods
   where kind = wanted
   order by passed_over, coalesce(frozen_on, starts_on) <= today desc, year desc, term desc nulls last
   limit 1
$$;

-- With the last collection of a period its register goes: the next opening freezes the schools of its own day.
grant delete on period_schools to dudao_app;

-- A school that opened after the register was frozen and was added to it by an act of its own: the day of that act.
alter table period_schools add column added_on date;

-- The school that a merged school went into. Its people read where it went, and the people of that school read its figures.
alter table school_places add column into_school_id integer;

create index school_places_by_host on school_places (into_school_id) where into_school_id is not null;

update school_places p
   set into_school_id = merged.host
  from (
    select distinct on (e.school_id) e.school_id, (other.value ->> 'id')::integer as host
      from school_events e, jsonb_array_elements(e.details -> 'others') other
     where e.kind = 'merged' and other.value ->> 'part' = 'into'
     order by e.school_id, e.happened_on desc, e.recorded_at desc
  ) merged, schools s
 where merged.school_id = p.school_id and s.county_id = p.county_id and s.id = p.school_id and s.status = 'merged';
