-- A leaf without points, and one that does not apply, is settled by what was said of it: the talk keeps that answer, and the release
-- copies it to the subject, so that both sides compute one total.
alter table evaluation_talks add column answer jsonb;
alter table evaluation_talks drop constraint evaluation_talks_check1;
alter table evaluation_talks add constraint evaluation_talks_found
  check (settled_at is null or num_nonnulls(points, answer) > 0);
comment on column evaluation_talks.answer is '@type unknown';

alter table evaluation_releases add column answer jsonb;
comment on column evaluation_releases.answer is '@type unknown';
