-- Who was reminded to file, when and by whom: published, so that the school's home page can say it without reading
-- another feature's table. The row policy of that table goes through the view.
create view reminder_standings with (security_invoker = true) as
select county_id, period_id, school_id, sent_at, sent_by_name, note from filing_reminders;

grant select on reminder_standings to dudao_app;
