-- What a filing shows beside its own values: medians of similar schools, fixed when the period opens (a school may never
-- see its neighbours' rows, so they cannot be computed for it later), and how many fields differ from what was approved.
alter table filings
  add column peers jsonb not null default '{}',
  add column changed_fields integer check (changed_fields >= 0);

comment on column filings.peers is '@type Record<string, { median: number; schools: number }>';

-- Whether a school has people of its own: it decides who submits its filing. Told as two flags, not as people.
create view school_accounts with (security_invoker = true) as
select
  grants.unit_id as county_id,
  grants.school_id,
  bool_or(grants.role_key = 'school-head') as has_head,
  bool_or(grants.role_key <> 'school-head') as has_clerk
from grants
join people on people.id = grants.person_id and people.status = 'active'
where grants.revoked_at is null and grants.school_id is not null
group by grants.unit_id, grants.school_id;

grant select on school_accounts to dudao_app;
