-- Campaigns (督导评估项目): one edition of a framework, its subjects, a timetable and the people who judge. A campaign lies at the
-- unit that opens it. What its subjects need of it is copied to their own place when it opens, and nothing refers back by a key.

create table campaigns (
  place_id integer not null references org_units,
  id uuid not null,
  kind text not null check (kind in ('county-inspection', 'school-evaluation')),
  title text not null check (length(title) between 2 and 100),
  -- Calendar years: the year that is assessed, and the one in which the result is decided. No school year archives them.
  assessment_year smallint not null check (assessment_year between 2000 and 2200),
  decision_year smallint not null check (decision_year between 2000 and 2200),
  framework_key text not null,
  framework_revision integer not null,
  framework_hash text not null check (framework_hash ~ '^[0-9a-f]{64}$'),
  lead_unit_id integer not null references org_units,
  partner_unit_id integer references org_units check (partner_unit_id <> lead_unit_id),
  -- The round before, of which each leaf shows the findings.
  earlier_id uuid,
  rules jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'cancelled')),
  reason text check (length(reason) between 2 and 500),
  opened_at timestamptz,
  closed_at timestamptz,
  -- The letter that was drafted with the opening, by which its subjects get notice.
  notice_letter_id uuid,
  revision integer not null default 1,
  -- Who prepares and follows it; passes to another of the office when that person leaves.
  organised_by text not null,
  organised_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (lower(normalize(title || ' ' || also_found_by, nfkc))) stored,
  primary key (place_id, id),
  foreign key (framework_key, framework_revision) references framework_editions,
  check (decision_year >= assessment_year),
  check (earlier_id is distinct from id),
  check (state <> 'cancelled' or reason is not null),
  check (state in ('draft', 'cancelled') or opened_at is not null),
  check ((state in ('closed', 'cancelled')) = (closed_at is not null)),
  -- A blind leaf has two judges or more, and a mean is trimmed where three are left to trim.
  check (jsonb_typeof(rules) = 'object'),
  check (rules ->> 'blind' is distinct from 'true' or (rules ->> 'reviewersPerLeaf')::integer >= 2),
  check (rules ->> 'combine' is distinct from 'trimmed' or (rules ->> 'reviewersPerLeaf')::integer >= 3)
);

comment on column campaigns.kind is '@type ''county-inspection'' | ''school-evaluation''';
comment on column campaigns.rules is '@type { readonly reviewersPerLeaf: number; readonly blind: boolean; readonly tolerance: string; readonly combine: ''mean'' | ''trimmed'' }';
comment on column campaigns.state is '@type ''draft'' | ''open'' | ''closed'' | ''cancelled''';

create index campaigns_by_state on campaigns (place_id, state, decision_year);
create index campaigns_by_edition on campaigns (framework_key, framework_revision);

create table campaign_steps (
  place_id integer not null references org_units,
  campaign_id uuid not null,
  step text not null check (step ~ '^[a-z][A-Za-z]{1,39}$'),
  position smallint not null check (position between 1 and 30),
  from_day date,
  to_day date check (to_day >= from_day),
  primary key (place_id, campaign_id, step),
  unique (place_id, campaign_id, position),
  foreign key (place_id, campaign_id) references campaigns
);

-- Whoever is judged. The id is that of the later evaluation, so that an opening which runs twice writes it once.
create table campaign_subjects (
  place_id integer not null references org_units,
  campaign_id uuid not null,
  id uuid not null,
  unit_id integer not null references org_units,
  school_id integer,
  name text not null check (length(name) between 1 and 100),
  -- Where the evaluation lies: known when it opens, and the same ever after, also where the school moves or merges.
  subject_place_id integer references org_units,
  opened_at timestamptz,
  -- Why it did not open, such as a school that was closed since the draft.
  left_out text check (length(left_out) between 2 and 200),
  also_found_by text not null default '',
  search text not null generated always as (lower(normalize(name || ' ' || also_found_by, nfkc))) stored,
  primary key (place_id, id),
  unique nulls not distinct (place_id, campaign_id, unit_id, school_id),
  foreign key (place_id, campaign_id) references campaigns,
  check ((opened_at is null) = (subject_place_id is null)),
  check (opened_at is null or left_out is null)
);

create index campaign_subjects_by_campaign on campaign_subjects (place_id, campaign_id, opened_at);

-- Who judges, and what of the tree and of the subjects. A seat is never widened or narrowed: rows that it may read carry its id,
-- and an end counts at once while those rows are rewritten later. Another branch is another seat.
create table campaign_seats (
  place_id integer not null references org_units,
  campaign_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  -- The post of an expert or of an agency, which reaches by this seat alone: `assignments.campaign_id` is the id of the seat,
  -- and the assignment is the only place of its days. Null for a member with a post at the city, whose days stand here.
  grant_id uuid,
  inspector_place_id integer references org_units,
  inspector_id uuid,
  part text not null check (part in ('leader', 'member', 'expert', 'section', 'third-party')),
  -- Whether the seat scores; a leader may only lead.
  scores boolean not null default true,
  -- Indicators with all that lies below; `*` is the tree.
  nodes text[] not null check (cardinality(nodes) between 1 and 200),
  -- Null: every subject.
  subjects uuid[] check (cardinality(subjects) between 1 and 4000),
  from_day date,
  to_day date check (to_day >= from_day),
  -- When the person has read the edition.
  read_edition_at timestamptz,
  ended_on date,
  end_reason text check (length(end_reason) between 2 and 500),
  given_by_name text not null,
  given_at timestamptz not null,
  revision integer not null default 1,
  primary key (place_id, id),
  foreign key (place_id, campaign_id) references campaigns,
  check ((inspector_id is null) = (inspector_place_id is null)),
  check ((grant_id is null) = (from_day is not null)),
  check (grant_id is null or to_day is null),
  check (part not in ('expert', 'third-party') or grant_id is not null),
  check ((ended_on is null) = (end_reason is null))
);

comment on column campaign_seats.part is '@type ''leader'' | ''member'' | ''expert'' | ''section'' | ''third-party''';

create unique index campaign_seats_standing on campaign_seats (place_id, campaign_id, person_id) where ended_on is null;
create unique index campaign_seats_leader on campaign_seats (place_id, campaign_id) where part = 'leader' and ended_on is null;
create index campaign_seats_by_person on campaign_seats (person_id) where ended_on is null;

-- What speaks against a seat (回避), sealed: the case and what follows, with the relation's row and no word of its own. Counts are
-- public, reasons are read by whoever manages the campaign.
create table campaign_avoidances (
  place_id integer not null references org_units,
  campaign_id uuid not null,
  id uuid not null,
  seat_id uuid,
  person_id uuid not null,
  -- Null: every subject.
  subject_id uuid,
  avoidance_case text not null check (avoidance_case ~ '^[a-z][a-z-]{1,39}$'),
  effect text not null check (effect in ('blocks', 'asks')),
  -- Why a case that asks was let pass; one that blocks is never.
  waived_reason text check (length(waived_reason) between 2 and 500),
  waived_by_name text,
  found_at timestamptz not null,
  primary key (place_id, id),
  foreign key (place_id, campaign_id) references campaigns,
  foreign key (place_id, seat_id) references campaign_seats,
  check (waived_reason is null or effect = 'asks'),
  check ((waived_reason is null) = (waived_by_name is null)),
  check (seat_id is null or effect = 'asks' and waived_reason is not null)
);

comment on column campaign_avoidances.effect is '@type ''blocks'' | ''asks''';

create index campaign_avoidances_by_campaign on campaign_avoidances (place_id, campaign_id);

select police(policed, school => null)
  from unnest(array['campaigns', 'campaign_steps', 'campaign_subjects', 'campaign_seats',
                    'campaign_avoidances']::regclass[]) as policed;

-- Whoever comes for a campaign reads the own seat, and no campaign, no other seat and no avoidance.
alter policy reading on campaign_seats using (in_place(place_id, null) or in_campaign(id));

-- A campaign that is over stays as it is.
create policy ended on campaigns as restrictive for update to dudao_app using (state not in ('closed', 'cancelled'))
  with check (true);

grant select, insert, update on campaigns, campaign_subjects, campaign_seats, campaign_avoidances to dudao_app;
grant select, insert, update, delete on campaign_steps to dudao_app;

-- A draft loses subjects again; what has opened stays.
grant delete on campaign_subjects to dudao_app;
create policy opened on campaign_subjects as restrictive for delete to dudao_app using (opened_at is null);

-- Notes that the person of a seat has read the edition. An expert writes no row of the city, so the owner does.
create function mark_edition_read(place integer, seat uuid, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update campaign_seats s set read_edition_at = moment
   where s.place_id = place and s.id = seat and s.ended_on is null and s.read_edition_at is null and of_person(s.person_id)
     and (in_place(s.place_id, null) or in_campaign(s.id));
  return found;
end
$$;

-- How many campaigns somebody organises at a place: a count alone, because the administrator who asks reads no business.
create function open_campaigns_of(person text, place integer) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select count(*) from campaigns c
     where c.place_id = place and c.organised_by = person and c.state not in ('closed', 'cancelled')
  );
end
$$;

-- Keeps a campaign as it stands until the transaction ends, for whoever writes its evaluations; its own acts wait meanwhile. Says
-- its state, null where it is out of reach.
create function hold_campaign(place integer, campaign uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  standing text;
begin
  select c.state into standing from campaigns c where c.place_id = place and c.id = campaign and in_place(c.place_id, null) for share;
  return standing;
end
$$;

grant execute on function mark_edition_read, open_campaigns_of, hold_campaign to dudao_app;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample, subjects)
  select max(position) + 1, 'campaigns', '督导评估项目', '项目、日程、评估对象、评估组席位和回避记录', null, 1, 'never',
         '示例：评估结果的依据材料，与评估结果同期保管；正式期限以本机关的期限表为准', true, '{campaign}'
    from retention_terms;

-- The roles of an installation get what belongs to them, beside what the city has given them. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{campaign.read,campaign.manage}'::text[]),
    ('section-officer', '{campaign.read}'::text[]),
    ('county-director', '{campaign.read}'::text[]),
    ('county-officer', '{campaign.read}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
