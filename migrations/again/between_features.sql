-- What features publish for each other. Every view is `security_invoker`: the policies of its tables go through it.

-- The approved values of each filing, with the school as it was in that year.
create view approved_filing_values with (security_invoker = true) as
select
  filings.county_id,
  filings.period_id,
  filings.school_id,
  filings.id as filing_id,
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
join period_schools using (county_id, period_id, school_id)
where filings.state in ('approved', 'accepted');

comment on column approved_filing_values.values is '@type Record<string, number | string | null>';

grant select on approved_filing_values to dudao_app;

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

-- What the home page counts: where each filing stands, and where each balance stands. Published views, so that nobody
-- reads another feature's tables; the row policies of those tables go through them.
create view filing_standings with (security_invoker = true) as
select
  filings.county_id,
  filings.period_id,
  periods.school_year,
  periods.state as period_state,
  periods.deadline,
  periods.city_deadline,
  filings.school_id,
  filings.id as filing_id,
  filings.managing_unit_id,
  filings.state,
  filings.state = 'draft' and filings.returned_at is not null as returned,
  filings.state = 'draft' and filings.filled >= filings.required and filings.hard_findings = 0 as complete,
  filings.state = 'draft' and filings.submitted_at is null as unfiled,
  filings.soft_findings > 0 as doubtful,
  greatest(periods.deadline, filings.deadline_extension) as due,
  filings.returned_at,
  filings.submitted_at,
  filings.approved_at
from filings
join periods on periods.id = filings.period_id
join period_schools
  on period_schools.county_id = filings.county_id
  and period_schools.period_id = filings.period_id
  and period_schools.school_id = filings.school_id
  and period_schools.owes;

create view period_standings with (security_invoker = true) as
select id, school_year, name, state, deadline, city_deadline from periods;

create view balance_standings with (security_invoker = true) as
select county_id, period_id, standard_key, verdict, provisional from balance_runs where current;

grant select on filing_standings, period_standings, balance_standings to dudao_app;

-- Who was reminded to file, when and by whom: published, so that the school's home page can say it without reading
-- another feature's table. The row policy of that table goes through the view.
create view reminder_standings with (security_invoker = true) as
select county_id, period_id, school_id, sent_at, sent_by_name, note from filing_reminders;

grant select on reminder_standings to dudao_app;

-- The school year that is meant where nobody names one: the newest that has begun, so that a year which is opened ahead
-- of its day does not push the year under way aside; the newest of all while none has begun. `today` is China's calendar
-- day; a sample counts from its own reference date. Published by filings for everyone who shows a year.
create function default_period(today date) returns integer
  language sql stable
  as $$
    select id from periods
     order by opens_on <= coalesce((select (value #>> '{}')::date from settings where key = 'reference-date'), today) desc,
              school_year desc
     limit 1
  $$;

grant execute on function default_period to dudao_app;
