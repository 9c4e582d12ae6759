-- What the office ruled about subjects of a campaign that stand equal at the line of a quota: no rule of their edition tells them
-- apart, and until somebody rules none of them is concluded. It lies at the place of the campaign.
create table evaluation_ties (
  place_id integer not null references org_units,
  id uuid not null,
  campaign_id uuid not null,
  -- The decision table with the quota, and the grade that has it.
  decision text not null check (length(decision) between 1 and 100),
  grade text not null check (length(grade) between 1 and 100),
  -- The evaluations that stood equal, and those of them that get a place.
  tied uuid[] not null check (cardinality(tied) > 1),
  chosen uuid[] not null check (chosen <@ tied and cardinality(chosen) between 1 and cardinality(tied) - 1),
  reason text not null check (length(reason) between 2 and 500),
  ruled_on date not null,
  ruled_by text not null,
  ruled_by_name text not null,
  ruled_at timestamptz not null,
  -- Taken back, with the reason: before anything that rests on it was released.
  ended_at timestamptz,
  ended_by_name text,
  ended_reason text check (length(ended_reason) between 2 and 500),
  primary key (place_id, id),
  check (num_nulls(ended_at, ended_by_name, ended_reason) in (0, 3))
);

create index evaluation_ties_by_campaign on evaluation_ties (place_id, campaign_id);

select police('evaluation_ties', school => null);

grant select, insert, update on evaluation_ties to dudao_app;
