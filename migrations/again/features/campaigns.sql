-- The days of each step of a campaign, those of each subject in the step that goes in slots, and its panel with the seats that ended too, for whoever writes them into evaluations. The
-- days of a seat from outside are those of its assignment. The views are `security_invoker`: the policies of their tables go through them.
create view campaign_days with (security_invoker = true) as
select place_id, campaign_id, step, position, from_day, to_day from campaign_steps;

comment on column campaign_days.place_id is '@notNull';
comment on column campaign_days.campaign_id is '@notNull';
comment on column campaign_days.step is '@notNull';
comment on column campaign_days.position is '@notNull';

create view campaign_slots with (security_invoker = true) as
select place_id, campaign_id, id as subject_id, slot_from, slot_to from campaign_subjects where slot_from is not null;

comment on column campaign_slots.place_id is '@notNull';
comment on column campaign_slots.campaign_id is '@notNull';
comment on column campaign_slots.subject_id is '@notNull';

create view campaign_panel with (security_invoker = true) as
select s.place_id, s.campaign_id, s.id as seat_id, s.person_id, s.name, s.grant_id is not null as outside, s.part, s.scores,
       s.nodes, s.subjects, coalesce(s.from_day, a.valid_from) as from_day, coalesce(s.to_day, a.valid_to) as to_day,
       s.ended_on, s.given_at
  from campaign_seats s
  left join assignments a on a.campaign_id = s.id;

comment on column campaign_panel.place_id is '@notNull';
comment on column campaign_panel.campaign_id is '@notNull';
comment on column campaign_panel.seat_id is '@notNull';
comment on column campaign_panel.person_id is '@notNull';
comment on column campaign_panel.name is '@notNull';
comment on column campaign_panel.outside is '@notNull';
comment on column campaign_panel.part is '@notNull @type ''leader'' | ''member'' | ''expert'' | ''section'' | ''third-party''';
comment on column campaign_panel.scores is '@notNull';
comment on column campaign_panel.nodes is '@notNull';
comment on column campaign_panel.given_at is '@notNull';

grant select on campaign_days, campaign_slots, campaign_panel to dudao_app;

-- What is done as the owner, because whoever asks reaches no row of campaigns or may not change one.

-- Notes that the person of a seat has read the edition, and notes it beside the reviewer of each evaluation too, where a page of
-- judging reads it. An expert writes no row of the city, so the owner does.
create or replace function mark_edition_read(place integer, seat uuid, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  marked boolean;
begin
  update campaign_seats s set read_edition_at = moment
   where s.place_id = place and s.id = seat and s.ended_on is null and s.read_edition_at is null and of_person(s.person_id)
     and (in_place(s.place_id, null) or in_campaign(s.id));
  marked := found;
  update evaluation_reviewers r set read_edition_at = moment
   where r.place_id = place and r.seat_id = seat and r.read_edition_at is null and of_person(r.person_id)
     and (in_place(r.place_id, null) or in_campaign(r.seat_id));
  return marked;
end
$$;

-- How many campaigns somebody organises at a place: a count alone, because the administrator who asks reads no business.
create or replace function open_campaigns_of(person text, place integer) returns bigint
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
create or replace function hold_campaign(place integer, campaign uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  standing text;
begin
  select c.state into standing from campaigns c where c.place_id = place and c.id = campaign and in_place(c.place_id, null) for share;
  return standing;
end
$$;

grant execute on function mark_edition_read, open_campaigns_of, hold_campaign to dudao_app;
