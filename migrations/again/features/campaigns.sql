-- The days of each step of a campaign, and its panel with the seats that ended too, for whoever writes them into evaluations. The
-- days of a seat from outside are those of its assignment. The views are `security_invoker`: the policies of their tables go through them.
create view campaign_days with (security_invoker = true) as
select place_id, campaign_id, step, position, from_day, to_day from campaign_steps;

comment on column campaign_days.place_id is '@notNull';
comment on column campaign_days.campaign_id is '@notNull';
comment on column campaign_days.step is '@notNull';
comment on column campaign_days.position is '@notNull';

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

grant select on campaign_days, campaign_panel to dudao_app;
