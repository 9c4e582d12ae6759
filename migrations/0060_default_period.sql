-- The school year that is meant where nobody names one: the newest that has begun, so that a year which is opened ahead
-- of its day does not push the year under way aside; the newest of all while none has begun. `today` is China's calendar
-- day; a sample counts from its own reference date. Published by filings for everyone who shows a year.
create function default_period(today date) returns integer
  language sql stable
  return (
    select id from periods
     order by opens_on <= coalesce((select (value #>> '{}')::date from settings where key = 'reference-date'), today) desc,
              school_year desc
     limit 1
  );

revoke execute on function default_period from public;
grant execute on function default_period to dudao_app;
