-- A period is open or closed; that its first day still lies ahead is told by `opens_on`, which the flow asks. Nothing
-- ever wrote 'planned', and when a period was opened stands in the audit.
alter table periods
  alter column state set default 'open',
  drop constraint periods_state_check,
  add constraint periods_state_check check (state in ('open', 'closed')),
  drop column opened_at;
