-- A step of a kind may go in slots: each subject has days of its own within it. Null: as they are proposed, or a step that has none.
alter table campaign_subjects
  add column slot_from date,
  add column slot_to date,
  add check ((slot_from is null) = (slot_to is null)),
  add check (slot_to >= slot_from);
