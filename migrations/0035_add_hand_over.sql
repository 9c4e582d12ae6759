-- What a person has open at a post, for the administrator who passes it to another: counts alone, because administrators read
-- nothing of the work itself. The work passes in a job of each feature, in the place of the post.

create function open_letters_of(person text, place integer) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) from letters l
           where l.place_id = place and l.drafted_by = person and l.state in ('draft', 'submitted', 'checked', 'signed'));
end
$$;

-- Findings name whoever is responsible by name. A school's findings pass within the school, all others within the place.
create function open_findings_of(person_name text, place integer, school integer) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) from findings f
           where f.place_id = place and f.duty_person = person_name and f.state not in ('closed', 'cancelled')
             and case when school is null then f.duty_type <> 'school' else f.duty_type = 'school' and f.school_id = school end);
end
$$;

grant execute on function open_letters_of, open_findings_of to dudao_app;
