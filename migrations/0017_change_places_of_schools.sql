-- The school into which a school was merged. Its people read what it filed, and so do those of the school that took it in,
-- wherever the two lay. Null for every other school, and again where a merger is taken back.
alter table school_places add column into_school_id integer references school_places;
create index school_places_merged on school_places (into_school_id) where into_school_id is not null;

update school_places p
   set into_school_id = merged.host
  from (
    select distinct on (e.school_id) e.school_id, (other ->> 'id')::integer as host
      from school_events e, jsonb_array_elements(e.details -> 'others') other
     where e.kind = 'merged' and other ->> 'part' = 'into'
     order by e.school_id, e.recorded_at desc
  ) merged
 where p.school_id = merged.school_id
   and exists (select 1 from schools s where s.county_id = p.county_id and s.id = p.school_id and s.status = 'merged')
   and exists (select 1 from school_places h where h.school_id = merged.host);
