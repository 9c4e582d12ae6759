-- One search everywhere: what a person types is compared with one text of the row, folded as the typed text is: full width and
-- compatibility forms in their ordinary form, letters small. The program makes pinyin, PostgreSQL cannot: `also_found_by` holds
-- the pinyin of the names, and for a school its former names with theirs. Null means that it is still to be made: an act that
-- writes a name makes it, and a start makes what is missing.
alter table schools
  add column former_names text[] not null default '{}',
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || coalesce(code, '') || ' ' || initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

alter table people
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || username || ' ' || initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

alter table org_units
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || short_name || ' ' || coalesce(unit_code, '') || ' ' || coalesce(gb_code, '') || ' ' ||
                    initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

-- Names are sorted by the pinyin of each character and then by its strokes, also where the database itself sorts otherwise.
drop index filings_by_name;
create index filings_by_name on filings (collection_id, name collate "zh-x-icu", code, place_id, id)
  include (school_id, owes);

-- What is made from a name is no further change of a person. The rest is as it was.
create or replace function audit_row() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  shown text[] := tg_argv[1]::text[];
  recorded text := coalesce(current_setting('app.recorded', true), '');
  old_row jsonb;
  new_row jsonb;
  whole jsonb;
  changed text[];
begin
  if recorded = 'on' or recorded = 'sign-in' and tg_argv[2] = 'silent' then
    return null;
  end if;
  old_row := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  new_row := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  whole := old_row || new_row;
  select coalesce(array_agg(key order by key), '{}') into changed
    from jsonb_each(whole)
   where old_row -> key is distinct from new_row -> key
     and key not in ('updated_at', 'last_seen_at', 'initials', 'also_found_by', 'search')
     and not (recorded = 'sign-in' and key = 'failed_verification_count')
     and (tg_op = 'UPDATE' or value <> 'null'::jsonb);
  if changed = '{}' then
    return null;
  end if;
  insert into audit_events (actor_id, actor_name, address, action, object_type, object_id, fields, before, after)
  values (
    case when recorded = 'sign-in' then
      coalesce(whole ->> 'user_id', case when tg_argv[0] = 'person' then whole ->> 'id' end)
    end,
    case when recorded <> 'sign-in' then session_user end,
    case when recorded <> 'sign-in' then host(inet_client_addr()) end,
    tg_argv[0] || case tg_op when 'INSERT' then '.inserted' when 'UPDATE' then '.updated' else '.deleted' end,
    tg_argv[0],
    whole ->> 'id',
    changed,
    case when tg_op <> 'INSERT' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(old_row) where key = any (shown) and key = any (changed))
    end,
    case when tg_op <> 'DELETE' then
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(new_row) where key = any (shown) and key = any (changed))
    end
  );
  return null;
end
$$;

-- The audit names its objects: the school, the person whose account it is, the unit, the role; and it is searched by these
-- names, present and former, by pinyin, and by the id. Names are looked up for the rows of the page alone.
create function audit_person(object_type text, object_id text, actor_id text, before jsonb, after jsonb) returns text
language sql stable set search_path = public, pg_temp as $$
  select case
    when object_type = 'person' then object_id
    when object_type in ('session', 'account', 'second-factor') then
      coalesce(after ->> 'user_id', before ->> 'user_id', actor_id)
    when object_type = 'token' then actor_id
    when object_type = 'post' then (select g.person_id::text from grants g where g.id::text = object_id)
  end
$$;
drop function audit_entries;
create function audit_entries(
  wanted_from timestamptz, wanted_to timestamptz, wanted_actor text, wanted_address text, wanted_action text,
  wanted_object_type text, wanted_object_id text, wanted_field text, wanted_place integer, wanted_words text[],
  page_size integer, page_offset bigint
) returns table (
  id bigint, at timestamptz, place_id integer, school_id integer, actor_id text, actor_name text, actor_role text,
  address text, action text, object_type text, object_id text, fields text[], before jsonb, after jsonb, token_id text,
  post_id uuid, stand_in_for_name text, object_name text, total bigint
)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  -- Without words nothing is looked for, and these stay null.
  found_schools integer[];
  found_people text[];
  found_units text[];
  found_roles text[];
begin
  if wanted_words is not null then
    found_schools := array(select s.id from schools s where s.search like all (wanted_words));
    found_people := array(select p.id::text from people p where p.search like all (wanted_words));
    found_units := array(select u.id::text from org_units u where u.search like all (wanted_words));
    found_roles := array(select r.key from roles r where lower(r.name) like all (wanted_words));
  end if;
  return query
  with page as (
    select e.id, e.at, e.place_id, e.school_id, e.actor_id, coalesce(e.actor_name, p.name) as whose_act, e.actor_role,
           e.address, e.action, e.object_type, e.object_id, e.fields,
           case when e.place_id = 0 then e.before end as old_values, case when e.place_id = 0 then e.after end as new_values,
           e.token_id, e.post_id, e.stand_in_for_name, audit_person(e.object_type, e.object_id, e.actor_id, e.before, e.after) as whose,
           count(*) over () as matches
      from audit_events e left join people p on p.id::text = e.actor_id
     where e.at >= coalesce(wanted_from, '-infinity') and e.at < coalesce(wanted_to, 'infinity')
       and (wanted_actor is null or coalesce(e.actor_name, p.name) ilike '%' || wanted_actor || '%'
            or p.username = lower(wanted_actor) or e.actor_id = wanted_actor)
       and (wanted_address is null or e.address like wanted_address || '%')
       and (wanted_action is null or e.action = wanted_action or e.action like wanted_action || '.%')
       and (wanted_object_type is null or e.object_type = wanted_object_type)
       and (wanted_object_id is null or e.object_id = wanted_object_id)
       and (wanted_field is null or wanted_field = any (e.fields))
       and (wanted_place is null or e.place_id = wanted_place)
       and (wanted_words is null or e.school_id = any (found_schools)
            or e.object_type = 'unit' and e.object_id = any (found_units)
            or e.object_type = 'role' and e.object_id = any (found_roles)
            or audit_person(e.object_type, e.object_id, e.actor_id, e.before, e.after) = any (found_people)
            or lower(e.object_id) like all (wanted_words))
     order by e.id desc
     limit page_size offset page_offset
  )
  select page.id, page.at, page.place_id, page.school_id, page.actor_id, page.whose_act, page.actor_role, page.address,
         page.action, page.object_type, page.object_id, page.fields, page.old_values, page.new_values, page.token_id, page.post_id,
         page.stand_in_for_name,
         case
           when page.school_id is not null then (
             select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
              where sp.school_id = page.school_id)
           when page.object_type = 'unit' then (select u.name from org_units u where u.id::text = page.object_id)
           when page.object_type = 'role' then (select r.name from roles r where r.key = page.object_id)
           else (select p.name || '（' || p.username || '）' from people p where p.id::text = page.whose)
         end,
         page.matches
    from page order by page.id desc;
end
$$;

grant execute on function audit_entries to dudao_app;
