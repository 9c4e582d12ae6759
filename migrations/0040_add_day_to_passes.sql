-- The county into which a school came sees what was found there before, also what was put right: its copy of a finding says when
-- it was found, so that what is found later at the new place is known to have come again.
alter table finding_passes add column found_on date, add column school_year integer;

update finding_passes p
   set found_on = coalesce(f.found_on, p.passed_on),
       school_year = coalesce(f.school_year, extract(year from p.passed_on - interval '8 months')::integer)
  from finding_passes own
  left join findings f on f.place_id = own.origin_place_id and f.id = own.origin_id
 where own.place_id = p.place_id and own.id = p.id;

alter table finding_passes alter column found_on set not null, alter column school_year set not null;
