-- A school is reminded once a day of China's calendar, also by two who press at the same moment. Nothing ever told that a
-- reminder was read.
delete from filing_reminders later
 using filing_reminders earlier
 where earlier.county_id = later.county_id and earlier.period_id = later.period_id
   and earlier.school_id = later.school_id
   and (earlier.sent_at at time zone 'Asia/Shanghai')::date = (later.sent_at at time zone 'Asia/Shanghai')::date
   and (earlier.sent_at, earlier.id) < (later.sent_at, later.id);

drop index filing_reminders_by_school;
create unique index filing_reminders_once_a_day
  on filing_reminders (county_id, period_id, school_id, ((sent_at at time zone 'Asia/Shanghai')::date));

alter table filing_reminders drop column read_at;
