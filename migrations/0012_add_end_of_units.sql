-- A county-level unit is closed on a day, and its schools went to another unit or to none. Years before that day keep reading
-- it. The day on which it was opened is the first of its versions.
alter table org_units
  add column closed_on date,
  add column closed_into integer references org_units,
  add check (closed_on is null or not active),
  add check (closed_into is null or closed_on is not null);

-- The city is chosen after the first start, and chosen again while nothing hangs on it; a unit that was entered by mistake is
-- removed. What anything refers to cannot be deleted.
grant delete on org_units, org_unit_versions to dudao_app;

-- The units with which installations began were written with numbers of their own. The next number comes after them.
select setval('org_units_id_seq', max(id)) from org_units having max(id) > (select last_value from org_units_id_seq);
