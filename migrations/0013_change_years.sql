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
