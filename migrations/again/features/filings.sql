-- The views that filings publish for the other features and for `facts`. Every view is `security_invoker`: the policies of its
-- tables go through it.

-- The approved values of each yearly record, with the school as it was in that year.
create view approved_filing_values with (security_invoker = true) as
select
  filings.place_id as county_id,
  collections.period_id,
  filings.school_id,
  filings.id as filing_id,
  collections.catalogue_edition,
  period_schools.code,
  period_schools.name,
  period_schools.school_type,
  period_schools.sponsor_code,
  period_schools.ownership,
  period_schools.urban_class,
  period_schools.managing_unit_id,
  filings.approved as values,
  filings.approved_at
from filings
join collections
  on collections.id = filings.collection_id and collections.key = 'resources' and collections.state <> 'cancelled'
join period_schools
  on period_schools.county_id = filings.place_id
  and period_schools.period_id = collections.period_id
  and period_schools.school_id = filings.school_id
where filings.state in ('approved', 'accepted');

comment on column approved_filing_values.school_id is '@notNull';
comment on column approved_filing_values.values is '@type Record<string, number | string | null>';

-- Which schools of the register owe the yearly record, and why the others do not.
create view filing_duties with (security_invoker = true) as
select
  collection_subjects.place_id as county_id,
  collections.period_id,
  collection_subjects.school_id,
  collection_subjects.owes,
  collection_subjects.reason
from collection_subjects
join collections
  on collections.id = collection_subjects.collection_id and collections.key = 'resources'
  and collections.state <> 'cancelled'
where collection_subjects.subject_type = 'school';

-- For the counts of the home page: the state of each yearly record.
create view filing_standings with (security_invoker = true) as
select
  filings.place_id as county_id,
  filings.collection_id,
  filings.school_id,
  filings.id as filing_id,
  filings.managed_by,
  filings.state,
  filings.state = 'draft' and filings.returned_at is not null as returned,
  filings.state = 'draft' and filings.filled >= filings.required and filings.hard_findings = 0
    and filings.open_doubts = 0 as complete,
  -- Somebody has typed since it was sent back.
  filings.updated_at > filings.returned_at as corrected,
  filings.checked_at,
  collections.opens_on,
  collections.state = 'open' as asked,
  filings.deadline_extension is not null as extended,
  greatest(collections.deadline + collections.grace_days, filings.deadline_extension) as closes_on,
  filings.state = 'draft' and filings.submitted_at is null as unfiled,
  filings.soft_findings > 0 as doubtful,
  greatest(collections.deadline, filings.deadline_extension) as due,
  filings.returned_at,
  filings.submitted_at,
  filings.approved_at
from filings
join collections
  on collections.id = filings.collection_id and collections.key = 'resources' and collections.state <> 'cancelled'
where filings.owes;

-- The filings of the years that are open now, for what happens to a school: `kept` where its figures are or were approved,
-- so that they count although the school ends, and the pupils that it names (the fields that the catalogue counts as pupils).
create view open_filings with (security_invoker = true) as
select
  filings.place_id as county_id,
  filings.school_id,
  filings.id as filing_id,
  periods.year,
  filings.state,
  filings.approved is not null or filings.state in ('approved', 'accepted') as kept,
  (select sum((cell.value ->> 'v')::numeric)::integer from jsonb_each(filings.cells) cell
    where cell.key in ('小学在校生数', '初中在校生数', '高中在校生数', '特教在校生数', '中职在校生数')
      and jsonb_typeof(cell.value -> 'v') = 'number') as pupils
from filings
join collections
  on collections.id = filings.collection_id and collections.key = 'resources' and collections.state = 'open'
join periods on periods.id = collections.period_id
where filings.owes;

comment on column open_filings.county_id is '@notNull';
comment on column open_filings.school_id is '@notNull';
comment on column open_filings.filing_id is '@notNull';
comment on column open_filings.year is '@notNull';

-- The yearly records by school year; `opens_on` and `passed_over` decide which of them is meant where a request names none.
create view collection_standings with (security_invoker = true) as
select collections.id, collections.period_id, periods.year, collections.name, collections.state, collections.opens_on,
       collections.deadline, collections.city_deadline, periods.passed_over, periods.archived_on
from collections
join periods on periods.id = collections.period_id
where collections.key = 'resources' and collections.state <> 'cancelled';

-- Who was reminded to file, when and by whom: published, so that the school's home page can say it without reading
-- another room's table. The row policy of that table goes through the view.
create view reminder_standings with (security_invoker = true) as
select place_id as county_id, subject_id as filing_id, school_id, sent_at, sent_by_name, note
from notices
where kind = 'filing.reminder';

-- Whether a school has people who submit: `has_head` somebody who signs for the school, `has_clerk` somebody who submits
-- and does not sign. Both follow from the permissions of the roles, so that a city may name its roles as it likes. The
-- view gives two flags, and no people.
create view school_accounts with (security_invoker = true) as
select
  school_places.county_id,
  grants.school_id,
  bool_or('filing.sign' = any (roles.permissions)) as has_head,
  bool_or('filing.sign' <> all (roles.permissions)) as has_clerk
from grants
join roles on roles.key = grants.role_key and 'filing.submit' = any (roles.permissions)
join school_places using (school_id)
join people on people.id = grants.person_id and people.status = 'active'
where grants.revoked_at is null
group by school_places.county_id, grants.school_id;

-- Approved figures of the yearly record, by the names of its catalogue: resources.小学在校生数; and what the frozen register says
-- of the schools that owe one under the names that formulas use: 办学类型, and 举办者 as the one word that joins it with 办别. Who has
-- not been approved has these two alone: whoever adds up over schools sees that figures are wanting.
create view filing_facts with (security_invoker = true) as
select
  filing.county_id as place_id,
  'school'::text as subject_type,
  filing.school_id as subject_id,
  'resources.' || field.key as key,
  filing.period_id,
  field.value,
  'filing'::text as source,
  jsonb_build_object('filingId', filing.filing_id, 'approvedAt', filing.approved_at) as certificate
from approved_filing_values filing, jsonb_each(filing.values) field
where field.value <> 'null'::jsonb
union all
select duty.county_id, 'school', duty.school_id, 'resources.' || named.key, duty.period_id, to_jsonb(named.value),
       'directory', jsonb_build_object('frozenOn', frozen.frozen_on)
  from filing_duties duty
  join periods frozen on frozen.id = duty.period_id
  join period_schools school
    on school.county_id = duty.county_id and school.period_id = duty.period_id and school.school_id = duty.school_id,
       lateral (values
         ('办学类型', school.school_type),
         ('举办者', case
           when school.ownership = 'private' then '民办'
           when school.sponsor_code in (7, 8) then '县'
           when school.sponsor_code in (5, 6) then '市'
           when school.sponsor_code in (3, 4) then '省'
           else '其他' end)
       ) named (key, value)
 where duty.owes
union all
-- Figures that were approved with an explained doubt: how many.
select filing.county_id, 'school', filing.school_id, 'resources.explainedDoubts', filing.period_id,
       to_jsonb(own.soft_findings), 'filing',
       jsonb_build_object('filingId', filing.filing_id, 'approvedAt', filing.approved_at)
  from approved_filing_values filing
  join filings own on own.place_id = filing.county_id and own.id = filing.filing_id
 where own.soft_findings > 0;

grant select on approved_filing_values, filing_duties, filing_standings, open_filings, collection_standings, reminder_standings,
  school_accounts, filing_facts to dudao_app;
