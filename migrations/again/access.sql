-- Whether a school has people of its own: it decides who submits its filing. Told as two flags, not as people.
create view school_accounts with (security_invoker = true) as
select
  school_places.county_id,
  grants.school_id,
  bool_or(grants.role_key = 'school-head') as has_head,
  bool_or(grants.role_key <> 'school-head') as has_clerk
from grants
join school_places using (school_id)
join people on people.id = grants.person_id and people.status = 'active'
where grants.revoked_at is null
group by school_places.county_id, grants.school_id;

grant select on school_accounts to dudao_app;
