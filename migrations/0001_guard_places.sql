-- The second wall, written once. A row lies at a place: a county-level unit, or the city unit for the city's own acts.
-- Place 0 is left to people, roles and settings. The settings of a transaction name the rows that its request may touch.
-- Without these settings nothing is in reach:
--   app.places     the places, as an array: {3,4}
--   app.schools    * where the person is not narrowed to schools, otherwise these schools: {7,9}
--   app.campaigns  the campaigns to which the person is assigned, as an array
--   app.person     the person
-- No subquery stands in a policy, so that the same policies hold on a distributed database. The functions are inlined, so
-- that the condition on the place can use an index; the CASE keeps the planner's estimate at that of the place alone.
alter default privileges revoke execute on functions from public;

-- Whether a row of this place and this school may be touched. A row without a school belongs to its place as a whole, and
-- a person who is narrowed to schools does not reach it.
create function in_place(place integer, school integer) returns boolean language sql stable parallel safe as $$
  select place = any (nullif(current_setting('app.places', true), '')::integer[])
     and case current_setting('app.schools', true) when '*' then true
         else school = any (nullif(current_setting('app.schools', true), '')::integer[]) end
$$;

-- Whether a row of this place may be read, also by a person who is narrowed to schools of it.
create function of_place(place integer) returns boolean language sql stable parallel safe as $$
  select place = any (nullif(current_setting('app.places', true), '')::integer[])
$$;

-- Whether the person is assigned to the campaign of a row: the reach of experts and agencies, who have no place.
create function in_campaign(campaign uuid) returns boolean language sql stable parallel safe as $$
  select campaign = any (nullif(current_setting('app.campaigns', true), '')::uuid[])
$$;

grant execute on function in_place, of_place, in_campaign to dudao_app;

-- Puts a table behind the wall. `place` and `school` name its columns; without a school column its rows belong to their
-- place as a whole. With `readable` a person who is narrowed to schools reads them too. `campaign` names the column by
-- which a person from outside reaches a row: to read it, and with `judged` to write it as well. The owner migrates, seeds
-- and repairs; the policies bind the application alone.
create function police(
  policed regclass, place text default 'place_id', school text default 'school_id', readable boolean default false,
  campaign text default null, judged boolean default false
) returns void language plpgsql as $$
declare
  within text := format('in_place(%I, %s)', place, coalesce(quote_ident(school), 'null::integer'));
  read text := within;
  write text := within;
begin
  if readable then
    read := format('of_place(%I)', place);
  end if;
  if campaign is not null then
    read := format('(%s or in_campaign(%I))', read, campaign);
    if judged then
      write := format('(%s or in_campaign(%I))', write, campaign);
    end if;
  end if;
  execute format('alter table %s enable row level security', policed);
  execute format('alter table %s force row level security', policed);
  execute format('create policy owner on %s to %I using (true) with check (true)', policed, current_user);
  execute format('create policy reading on %s for select to dudao_app using (%s)', policed, read);
  execute format('create policy adding on %s for insert to dudao_app with check (%s)', policed, write);
  execute format('create policy changing on %s for update to dudao_app using (%s)', policed, write);
  execute format('create policy removing on %s for delete to dudao_app using (%s)', policed, write);
end
$$;
