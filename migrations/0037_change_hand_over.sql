-- Work passes by its person, also where the person has another name since it was given.

-- The names that a person has or had, as the audit keeps them. No session asks it: `names_at_post` does, as the owner.
create function names_of_person(person text) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select array_agg(distinct n.name) from (
      select p.name from people p where p.id::text = person
      union all
      select e.before ->> 'name' from audit_events e
       where e.object_type = 'person' and e.object_id = person and e.before ->> 'name' is not null
    ) n
  );
end
$$;

-- The names of a person who has or had a post at a unit or a school, and whether somebody else with a post there has or had the
-- name too: then nobody knows whose work it is that keeps a name alone. Posts that ended and accounts that are closed count, and
-- for a school those of the schools that were merged into it, whose findings it has. It is run for the administrator who
-- decides, whose reach is no place: of others it says nothing but that a name is shared.
create function names_at_post(person text, place integer, school integer)
returns table (known text, present boolean, shared boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive merged as (
    select school as school_id
    union
    select p.school_id from merged m join school_places p on p.into_school_id = m.school_id
  ),
  office as (
    select distinct g.person_id::text as id from grants g
     where case when school is null then g.unit_id = place
                else g.school_id in (select m.school_id from merged m) end
  ),
  others as (
    select unnest(names_of_person(o.id)) as name from office o where o.id <> person
  )
  select n.name, n.name = p.name, exists (select from others o where o.name = n.name)
    from people p, unnest(names_of_person(person)) as n(name)
   where p.id::text = person and person in (select o.id from office o);
end
$$;

-- As before, with whether it is a draft.
drop function open_letters_of;
drop function letters_handled_by;
create function letters_handled_by(person text, place integer, successor text)
returns table (id uuid, passes boolean, draft boolean)
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return query
  select l.id,
         not exists (select 1 from steps s
                      where s.place_id = place and s.subject_type = 'letter' and s.subject_id = l.id
                        and s.action in ('check', 'sign') and (s.actor_id = successor or s.stand_in_for = successor)),
         l.state = 'draft'
    from letters l
   where l.place_id = place and coalesce(l.handled_by, l.drafted_by) = person and l.number is null and l.state <> 'cancelled';
end
$$;

-- With how many drafts the successor then has: whoever has too many begins no new one.
create function open_letters_of(person text, place integer, successor text)
returns table (n bigint, passing bigint, held bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  own bigint;
begin
  select count(*) into own from letters o
   where o.place_id = place and o.state = 'draft' and coalesce(o.handled_by, o.drafted_by) = successor;
  return query
  select count(*), count(*) filter (where l.passes), own + count(*) filter (where l.passes and l.draft)
    from letters_handled_by(person, place, successor) l;
end
$$;

-- As before, by every name of the person.
drop function open_findings_of;
drop function findings_in_duty_of;
create function findings_in_duty_of(names text[], units integer[], school integer)
returns table (place_id integer, id uuid)
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if school is null then
    return query
    select f.place_id, f.id from findings f
     where f.duty_type <> 'school' and f.duty_unit_id = any (units) and f.duty_person = any (names)
       and f.state not in ('closed', 'cancelled');
  else
    return query
    with recursive merged as (
      select school as school_id
      union
      select p.school_id from merged m join school_places p on p.into_school_id = m.school_id
    )
    select f.place_id, f.id from findings f
     where f.duty_type = 'school' and f.school_id in (select m.school_id from merged m) and f.duty_person = any (names)
       and f.state not in ('closed', 'cancelled');
  end if;
end
$$;

create function open_findings_of(names text[], units integer[], school integer)
returns table (n bigint, places integer[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(*), array_agg(distinct f.place_id) from findings_in_duty_of(names, units, school) f;
end
$$;

grant execute on function names_at_post, letters_handled_by, open_letters_of, findings_in_duty_of, open_findings_of to dudao_app;
