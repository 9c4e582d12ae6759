-- What features publish for each other. Every view is `security_invoker`: the policies of its tables go through it.

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
join collections on collections.id = filings.collection_id and collections.key = 'resources'
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
join collections on collections.id = collection_subjects.collection_id and collections.key = 'resources'
where collection_subjects.subject_type = 'school';

grant select on approved_filing_values, filing_duties to dudao_app;

-- Whether a school has people of its own: it decides who submits its filing. Told as two flags, not as people.
create view school_accounts with (security_invoker = true) as
select
  school_places.county_id,
  grants.school_id,
  bool_or(grants.role_key = 'school-head') as has_head,
  bool_or(grants.role_key <> 'school-head') as has_clerk
from grants
join school_places using (school_id)
join people on people.id = grants.person_id and people.status = 'active'
where grants.revoked_at is null
group by school_places.county_id, grants.school_id;

grant select on school_accounts to dudao_app;

-- Where a school lies and whether it is at work: who keeps a list of schools asks before one comes back to it.
create view school_standings with (security_invoker = true) as
select county_id, id as school_id, status from schools;

comment on column school_standings.school_id is '@notNull';
comment on column school_standings.status is '@notNull';

grant select on school_standings to dudao_app;

-- What the home page counts: where each yearly record stands, and where each balance stands. Published views, so that
-- nobody reads another feature's tables; the row policies of those tables go through them.
create view filing_standings with (security_invoker = true) as
select
  filings.place_id as county_id,
  filings.collection_id,
  filings.school_id,
  filings.id as filing_id,
  filings.managed_by,
  filings.state,
  filings.state = 'draft' and filings.returned_at is not null as returned,
  filings.state = 'draft' and filings.filled >= filings.required and filings.hard_findings = 0 as complete,
  filings.state = 'draft' and filings.submitted_at is null as unfiled,
  filings.soft_findings > 0 as doubtful,
  greatest(collections.deadline, filings.deadline_extension) as due,
  filings.returned_at,
  filings.submitted_at,
  filings.approved_at
from filings
join collections on collections.id = filings.collection_id and collections.key = 'resources'
where filings.owes;

-- The yearly records by school year; `opens_on` tells which of them is meant where nobody names one.
create view collection_standings with (security_invoker = true) as
select collections.id, collections.period_id, periods.year, collections.name, collections.state, collections.opens_on,
       collections.deadline, collections.city_deadline
from collections
join periods on periods.id = collections.period_id
where collections.key = 'resources';

create view balance_standings with (security_invoker = true) as
select county_id, period_id, standard_key, verdict, provisional from balance_runs where current;

grant select on filing_standings, collection_standings, balance_standings to dudao_app;

-- Who was reminded to file, when and by whom: published, so that the school's home page can say it without reading
-- another room's table. The row policy of that table goes through the view.
create view reminder_standings with (security_invoker = true) as
select place_id as county_id, subject_id as filing_id, school_id, sent_at, sent_by_name, note
from notices
where kind = 'filing.reminder';

grant select on reminder_standings to dudao_app;
