-- What a person has open at a post passes to another. The work itself passes in a job of each feature, in the place of its rows.

-- Who goes on with a letter after its drafter left; null: the drafter. The drafter stays the one who drafted it.
alter table letters
  add column handled_by text,
  add column handled_by_name text,
  add check ((handled_by is null) = (handled_by_name is null));

-- The letters without a number that a person handles, and whether each may pass: whoever checked or signed a letter does not
-- go on with it as its writer. Run by the job behind the wall.
create function letters_handled_by(person text, place integer, successor text) returns table (id uuid, passes boolean)
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return query
  select l.id,
         not exists (select 1 from steps s
                      where s.place_id = place and s.subject_type = 'letter' and s.subject_id = l.id
                        and s.action in ('check', 'sign') and (s.actor_id = successor or s.stand_in_for = successor))
    from letters l
   where l.place_id = place and coalesce(l.handled_by, l.drafted_by) = person and l.number is null and l.state <> 'cancelled';
end
$$;

-- For the administrator who decides: counts alone, because administrators read nothing of the work. They are asked outside
-- every place, so they do not ask `in_place` as the other functions of the owner do: any statement of the application may
-- learn how much somebody has open, and nothing else.
create function open_letters_of(person text, place integer, successor text) returns table (n bigint, passing bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(*), count(*) filter (where l.passes) from letters_handled_by(person, place, successor) l;
end
$$;

-- Findings keep the name of whoever is responsible. Those of a unit go by the duty body, those of a school by the school, also
-- of schools that were merged into it, at every place that opened one. Run by the job behind the wall.
create function findings_in_duty_of(person_name text, units integer[], school integer)
returns table (place_id integer, id uuid)
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if school is null then
    return query
    select f.place_id, f.id from findings f
     where f.duty_type <> 'school' and f.duty_unit_id = any (units) and f.duty_person = person_name
       and f.state not in ('closed', 'cancelled');
  else
    return query
    with recursive merged as (
      select school as school_id
      union
      select p.school_id from merged m join school_places p on p.into_school_id = m.school_id
    )
    select f.place_id, f.id from findings f
     where f.duty_type = 'school' and f.school_id in (select m.school_id from merged m) and f.duty_person = person_name
       and f.state not in ('closed', 'cancelled');
  end if;
end
$$;

-- Counts alone, as above, with the places of the rows.
create function open_findings_of(person_name text, units integer[], school integer)
returns table (n bigint, places integer[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(*), array_agg(distinct f.place_id) from findings_in_duty_of(person_name, units, school) f;
end
$$;

grant execute on function letters_handled_by, open_letters_of, findings_in_duty_of, open_findings_of to dudao_app;
