-- One act of the flow that somebody asked for on many evaluations at once: a row for each of them, at the place of the post that asked. A
-- job takes them one after the other, each in a transaction of its own, in which it is settled too: a server that stops in between goes
-- on with the others, and does none of them twice.
create table evaluation_asked_acts (
  place_id integer not null references org_units,
  asking_id uuid not null,
  evaluation_id uuid not null,
  campaign_id uuid not null,
  position integer not null check (position > 0),
  subject_name text not null,
  action text not null check (length(action) between 1 and 40),
  -- Of the evaluation, as whoever asked had read it.
  read_revision integer not null check (read_revision > 0),
  asked_by uuid not null,
  asked_at timestamptz not null,
  settled_at timestamptz,
  -- The sentence of the refusal; null where the act was done.
  refusal text check (length(refusal) between 1 and 4000),
  primary key (place_id, asking_id, evaluation_id),
  check (refusal is null or settled_at is not null)
);

create index evaluation_asked_acts_by_person on evaluation_asked_acts (place_id, campaign_id, asked_by, asked_at);

select police('evaluation_asked_acts', school => null);

grant select, insert, update on evaluation_asked_acts to dudao_app;

-- Whether nothing of a leaf is left to be filled in, by its answer, its note and its facts as they were written last: lists count it
-- without its edition. Null: written before this was kept; then it counts as filled once somebody has answered it.
alter table evaluation_leaves add column filled boolean;
