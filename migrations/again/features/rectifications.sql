-- The views that the rectification ledger publishes. Every view is `security_invoker`: the policies of its tables go through it.

-- Where each finding stands. The feature that raised it reads its findings back by type, id and key; the register reads what is
-- open at a school before the school ends.
create view finding_standings with (security_invoker = true) as
select place_id, id as finding_id, source_type, source_id, source_key, kind, title, severity, school_id, duty_type,
       duty_unit_id, managed_by, school_year, state, found_on, due_on, due_provisional, reported_on, closed_on
from findings;

-- Recurrence, seen from the later finding. *again*: the same kind was found before at the same body: the school that the finding
-- is about, or else the unit or section that has the duty. *spread*: the same kind at another school of the place, found before
-- or on the same day; what an office neglects does not spread. A school that was merged counts as its host, two mergers deep.
-- What was found at a school before it moved, or at one that was merged into it from another place, lies there still: whoever
-- reads that place (the city, the school itself) sees it again, and the county into which the school came by the copy that it
-- got on that day. Findings of one cause, a part and its whole, are no recurrence.
create view finding_recurrences with (security_invoker = true) as
with located as (
  select f.place_id, f.id, f.parent_id, f.kind, f.school_year, f.found_on, f.title, f.state, f.about_school_id,
         case when f.about_school_id is null then f.duty_unit_id end as unit_id,
         coalesce(next.into_school_id, own.into_school_id, f.about_school_id) as host_id
    from findings f
    left join school_places own on own.school_id = f.about_school_id
    left join school_places next on next.school_id = own.into_school_id
   where f.state <> 'cancelled'
), schools_of as (
  select p.school_id, coalesce(next.into_school_id, p.into_school_id, p.school_id) as host_id,
         p.former_counties || p.county_id as places
    from school_places p
    left join school_places next on next.school_id = p.into_school_id
)
select later.place_id, later.id as finding_id, earlier.id as earlier_id, earlier.title as earlier_title,
       earlier.state as earlier_state, earlier.school_year as earlier_year, earlier.found_on as earlier_found_on,
       earlier.about_school_id as earlier_school_id, earlier.unit_id as earlier_unit_id,
       case when earlier.host_id = later.host_id or earlier.unit_id = later.unit_id then 'again' else 'spread' end as relation,
       null::date as passed_on
from located later
join located earlier
  on earlier.place_id = later.place_id and earlier.kind = later.kind and earlier.id <> later.id
  and earlier.id is distinct from later.parent_id and earlier.parent_id is distinct from later.id
  and (earlier.parent_id is null or earlier.parent_id is distinct from later.parent_id)
where case when earlier.host_id = later.host_id or earlier.unit_id = later.unit_id then earlier.found_on < later.found_on
           when earlier.host_id <> later.host_id
             then earlier.found_on < later.found_on or earlier.found_on = later.found_on and earlier.id < later.id
           else false end
union all
select later.place_id, later.id, earlier.id, earlier.title, earlier.state, earlier.school_year, earlier.found_on,
       earlier.about_school_id, null, 'again', null
from located later
join schools_of school on school.host_id = later.host_id
join findings earlier
  on earlier.place_id = any (school.places) and earlier.place_id <> later.place_id
  and earlier.about_school_id = school.school_id and earlier.kind = later.kind and earlier.state <> 'cancelled'
where earlier.found_on < later.found_on
union all
select later.place_id, later.id, copy.origin_id, copy.title, copy.state, copy.school_year, copy.found_on, copy.school_id, null,
       'again', copy.passed_on
from located later
join schools_of school on school.host_id = later.host_id
join finding_passes copy
  on copy.place_id = later.place_id and copy.school_id = school.school_id and copy.kind = later.kind
where copy.found_on < later.found_on
  and not exists (select 1 from findings f where f.place_id = copy.origin_place_id and f.id = copy.origin_id)
  and not exists (select 1 from finding_passes newer where newer.place_id = copy.place_id
                     and newer.origin_id = copy.origin_id and newer.passed_on > copy.passed_on);

comment on column finding_recurrences.place_id is '@notNull';
comment on column finding_recurrences.finding_id is '@notNull';
comment on column finding_recurrences.earlier_id is '@notNull';
comment on column finding_recurrences.earlier_title is '@notNull';
comment on column finding_recurrences.earlier_state is '@notNull';
comment on column finding_recurrences.earlier_year is '@notNull';
comment on column finding_recurrences.earlier_found_on is '@notNull';
comment on column finding_recurrences.relation is '@notNull @type ''again'' | ''spread''';

-- Facts of the ledger: of a unit and of a school in a school year, how many findings there are, how many are closed, and the
-- share. Whoever has no finding has no row: nothing found is not the same as nothing looked for. The certificate says how many
-- rows were counted and digests them with their revisions.
create view finding_facts with (security_invoker = true) as
with counted as (
  select f.place_id, 'unit' as subject_type, f.place_id as subject_id, f.school_year, f.id, f.revision, f.state, f.updated_at
    from findings f where f.state <> 'cancelled'
  union all
  select f.place_id, 'school', f.about_school_id, f.school_year, f.id, f.revision, f.state, f.updated_at
    from findings f where f.state <> 'cancelled' and f.about_school_id is not null
), summed as (
  select c.place_id, c.subject_type, c.subject_id, p.id as period_id, count(*) as total,
         count(*) filter (where c.state = 'closed') as closed,
         jsonb_build_object(
           'findings', count(*), 'updatedAt', max(c.updated_at),
           'digest', md5(string_agg(c.id::text || ':' || c.revision, ',' order by c.id))
         ) as certificate
    from counted c
    join periods p on p.kind = 'school-year' and p.year = c.school_year
   group by c.place_id, c.subject_type, c.subject_id, p.id
)
select s.place_id, s.subject_type, s.subject_id, fact.key, s.period_id, fact.value, 'rectifications'::text as source,
       s.certificate
from summed s,
     lateral (values
       ('rectifications.found', to_jsonb(s.total)),
       ('rectifications.closed', to_jsonb(s.closed)),
       ('rectifications.closedShare', to_jsonb(round(s.closed::numeric / s.total, 4)))
     ) fact (key, value);

comment on column finding_facts.place_id is '@notNull';
comment on column finding_facts.subject_id is '@notNull';
comment on column finding_facts.period_id is '@notNull';
comment on column finding_facts.value is '@notNull';

-- The kinds of findings, for features that raise them: a finding of an unknown kind enters no ledger.
create view finding_kind_names with (security_invoker = true) as select key, name, active from finding_kinds;

comment on column finding_kind_names.key is '@notNull';
comment on column finding_kind_names.name is '@notNull';
comment on column finding_kind_names.active is '@notNull';

grant select on finding_standings, finding_recurrences, finding_facts, finding_kind_names to dudao_app;
