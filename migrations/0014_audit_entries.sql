-- The audit administrator reads which access token spoke for a person.
drop function audit_entries;

create function audit_entries(
  wanted_from timestamptz, wanted_to timestamptz, wanted_actor text, wanted_address text, wanted_action text,
  wanted_object_type text, wanted_object_id text, wanted_field text, wanted_county integer,
  page_size integer, page_offset bigint
) returns table (
  id bigint, at timestamptz, county_id integer, school_id integer, actor_id text, actor_name text, actor_role text,
  address text, action text, object_type text, object_id text, fields text[], before jsonb, after jsonb, token_id text, total bigint
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select e.id, e.at, e.county_id, e.school_id, e.actor_id, coalesce(e.actor_name, p.name), e.actor_role, e.address,
         e.action, e.object_type, e.object_id, e.fields,
         case when e.county_id = 0 then e.before end, case when e.county_id = 0 then e.after end,
         e.token_id, count(*) over ()
    from audit_events e left join people p on p.id::text = e.actor_id
   where e.at >= coalesce(wanted_from, '-infinity') and e.at < coalesce(wanted_to, 'infinity')
     and (wanted_actor is null or coalesce(e.actor_name, p.name) ilike '%' || wanted_actor || '%'
          or p.username = lower(wanted_actor) or e.actor_id = wanted_actor)
     and (wanted_address is null or e.address like wanted_address || '%')
     and (wanted_action is null or e.action = wanted_action or e.action like wanted_action || '.%')
     and (wanted_object_type is null or e.object_type = wanted_object_type)
     and (wanted_object_id is null or e.object_id = wanted_object_id)
     and (wanted_field is null or wanted_field = any (e.fields))
     and (wanted_county is null or e.county_id = wanted_county)
   order by e.id desc
   limit page_size offset page_offset
$$;

revoke execute on function audit_entries from public;
grant execute on function audit_entries to dudao_app;
