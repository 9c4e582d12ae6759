-- Where each campaign stands, for whoever does what it asks: an evaluation is not opened any more once its campaign has ended. The
-- view is `security_invoker`: the policies of its table go through it.
create view campaign_standings with (security_invoker = true) as
select place_id, id as campaign_id, kind, title, state, closed_at from campaigns;

comment on column campaign_standings.place_id is '@notNull';
comment on column campaign_standings.campaign_id is '@notNull';
comment on column campaign_standings.kind is '@notNull @type ''county-inspection'' | ''school-evaluation''';
comment on column campaign_standings.title is '@notNull';
comment on column campaign_standings.state is '@notNull';

grant select on campaign_standings to dudao_app;
