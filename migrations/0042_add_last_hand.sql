-- People, roles and settings lie in no place, so the wall shows their audit to nobody who works in one. Whoever comes with an
-- older account, role or setting is told by this function who changed it last: a name and a moment, and no value.
create function last_hand(kind text, objects text[], done text[])
returns table (person text, name text, moment timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select e.actor_id, e.actor_name || coalesce('（代' || e.stand_in_for_name || '）', ''), e.at
    from audit_events e
   where e.place_id = 0 and e.object_type = kind and e.object_id = any (objects) and e.action = any (done)
   order by e.id desc limit 1;
end
$$;

grant execute on function last_hand to dudao_app;

-- Whoever entered it may take a sign-in back; the audit keeps both. Who signed in for others until now is known by name alone.
alter table meeting_attendees add column signed_by uuid;
update meeting_attendees set signed_by = person_id;
grant delete on meeting_attendees to dudao_app;
