-- Two ways around an archived year are closed for whatever statement the application's role sends. A row could be moved to
-- another year first, because 0034 asks its rule of a row as it becomes; and the mark of the archive itself was an ordinary
-- column. What the role may not change it does not find: a row of an archived year is hidden from changes and from locks,
-- and stays readable. That fails nobody who means other rows. The acts say `year.archived` before, from what they read.

create function is_open_collection(collection integer) returns boolean language plpgsql stable parallel safe as $$
begin
  return is_open_year((select c.period_id from collections c where c.id = collection));
end
$$;

grant execute on function is_open_collection to dudao_app;

alter policy year_changing on balance_runs using (is_open_year(period_id));
alter policy year_changing on balance_tracks using (is_open_year(period_id));
alter policy year_changing on collection_subjects using (is_open_collection(collection_id));
alter policy year_changing on entered_facts using (is_open_year(period_id));
alter policy year_changing on filings using (is_open_collection(collection_id));
alter policy year_changing on period_schools using (is_open_year(period_id));
alter policy year_changing on province_publications using (is_open_year(period_id));

-- An act locks its rows and writes them later. The lock of whoever archives bars the first of the two already, so that no row
-- is hidden between them. It is tried and never waited for: whoever waits for such a lock stands in front of everybody who
-- comes to write after. Three seconds of tries, and then whoever archives is asked to come again.
create or replace function lock_years() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  for attempt in 1..30 loop
    begin
      lock table balance_runs, balance_tracks, collection_subjects, entered_facts, filings, period_schools, province_publications
        in exclusive mode nowait;
      return;
    exception when lock_not_available then
      perform pg_sleep(0.1);
    end;
  end loop;
  raise exception 'rows of a school year are being written' using errcode = 'lock_not_available';
end
$$;

-- The mark of the archive, which is the day and the name, is set and taken away by the two functions below and by nothing
-- else; and an archived year keeps its name and its days. What stands is read by a function, because a check sees the row as it
-- becomes; a period that changes its number has none and is refused.
create function keeps_archive(changed periods) returns boolean language plpgsql stable parallel safe as $$
begin
  return exists (
    select from periods p
     where p.id = changed.id
       and (p.archived_on, p.archived_by_name) is not distinct from (changed.archived_on, changed.archived_by_name)
       and (p.archived_on is null
            or (p.kind, p.year, p.term, p.name, p.starts_on, p.ends_on, p.frozen_on) is not distinct from
               (changed.kind, changed.year, changed.term, changed.name, changed.starts_on, changed.ends_on, changed.frozen_on)));
end
$$;

grant execute on function keeps_archive to dudao_app;

alter table periods enable row level security;
create policy reading on periods for select to dudao_app using (true);
create policy adding on periods for insert to dudao_app with check (archived_on is null);
create policy changing on periods for update to dudao_app using (true) with check (keeps_archive(periods));

-- The year is in the hands of whoever collects for it: the unit that asks lies in the reach of the session.
create function keeps_year(period integer) returns boolean language plpgsql stable parallel safe as $$
begin
  return exists (select from collections c where c.period_id = period and in_place(c.owner_unit_id, null::integer));
end
$$;

-- Archives a school year that is over and for which nothing is collected any more. The clock says the latest day, and not
-- whoever calls it.
create function archive_year(period integer, day date, by_name text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_day date := least(day, (clock_timestamp() at time zone 'Asia/Shanghai')::date);
begin
  perform lock_years();
  update periods p set archived_on = last_day, archived_by_name = by_name
   where p.id = period and p.archived_on is null and p.ends_on < last_day and keeps_year(p.id)
     and not exists (select from collections c where c.period_id = p.id and c.state = 'open');
  if not found then
    raise exception 'year % is not over, is collected for, is archived already or is out of reach', period
      using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- Opens an archived year again.
create function unarchive_year(period integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update periods p set archived_on = null, archived_by_name = null
   where p.id = period and p.archived_on is not null and keeps_year(p.id);
  if not found then
    raise exception 'year % is not archived or is out of reach', period using errcode = 'insufficient_privilege';
  end if;
end
$$;

grant execute on function keeps_year, archive_year, unarchive_year to dudao_app;
