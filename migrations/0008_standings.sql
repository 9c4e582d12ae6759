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
