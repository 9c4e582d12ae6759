-- The views that directory publishes for the other features. Every view is `security_invoker`: the policies of its tables go
-- through it.

-- The place of a school and whether it is at work: a feature with a list of schools asks before one comes back to it.
create view school_standings with (security_invoker = true) as
select county_id, id as school_id, status from schools;

comment on column school_standings.school_id is '@notNull';
comment on column school_standings.status is '@notNull';

grant select on school_standings to dudao_app;
