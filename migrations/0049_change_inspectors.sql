-- Inspectors, second part: what the person behind an entry may write under the own settings, the photograph, and the mobile number
-- by which an account signs in.

-- Whether an entry is that of the person of the transaction and stands in a state. It looks as the owner: the rows beside an entry
-- name the account and not the state, and a policy that asked the table itself would ask the policies of that table again.
create function own_inspector(place integer, inspector uuid, in_state text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from inspectors i
     where i.place_id = place and i.id = inspector and of_person(i.person_id) and i.state = in_state);
end
$$;

grant execute on function own_inspector to dudao_app;

-- Posts and relations are the person's to write while the form is a draft, and no longer: avoidance is judged by them. A paper is
-- handed in by whoever serves.
alter policy adding on inspector_posts
  with check (in_place(place_id, null) or of_person(person_id) and own_inspector(place_id, inspector_id, 'draft'));
alter policy removing on inspector_posts
  using (in_place(place_id, null) or of_person(person_id) and own_inspector(place_id, inspector_id, 'draft'));
alter policy adding on inspector_relations
  with check (in_place(place_id, null) or of_person(person_id) and own_inspector(place_id, inspector_id, 'draft'));
alter policy removing on inspector_relations
  using (in_place(place_id, null) or of_person(person_id) and own_inspector(place_id, inspector_id, 'draft'));
alter policy adding on inspector_papers
  with check (in_place(place_id, null) or of_person(person_id) and own_inspector(place_id, inspector_id, 'serving'));

-- The photograph is a file on the entry, under a part of its own. The person behind a draft reaches no file of the place, so one
-- function hangs it for the office and for the person: an own upload that is whole and a picture. The one before is taken off.
create function hang_photograph(upload uuid, place integer, inspector uuid, by_name text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  brought uploads;
  hung uuid;
begin
  select u.* into brought from uploads u
   where u.id = upload and u.owner_kind = 'person' and of_person(u.owner_id) and u.state = 'whole'
     and u.media_type in ('image/jpeg', 'image/png', 'image/webp');
  if not found or not exists (select 1 from inspectors i where i.place_id = place and i.id = inspector)
     or not (coalesce(in_place(place, null), false) or own_inspector(place, inspector, 'draft')) then
    return null;
  end if;
  perform assert_files_open(place, 'inspector', inspector);
  select h.attachment into hung
    from hang_content(brought.hash, brought.name, brought.media_type, place, 'inspector', inspector, null, 'photograph', null,
      by_name, null, null, null, null, null, null) h;
  if hung is not null then
    update attachments a set detached_at = now(), detached_by = current_setting('app.person')
     where a.place_id = place and a.subject_type = 'inspector' and a.subject_id = inspector and a.part = 'photograph'
       and a.detached_at is null and a.id <> hung;
  end if;
  return hung;
end
$$;

-- The photographs that hang on entries: for whoever reaches the register at the place, and for the person of an entry.
create function photographs_of(place integer, wanted uuid[])
returns table (inspector uuid, hash text, media_type text, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select distinct on (a.subject_id) a.subject_id, a.file_hash, a.media_type, c.scan
    from attachments a
    join file_contents c on c.hash = a.file_hash
    join inspectors i on i.place_id = a.place_id and i.id = a.subject_id
   where a.place_id = place and a.subject_type = 'inspector' and a.subject_id = any (wanted) and a.part = 'photograph'
     and a.detached_at is null and a.removed_at is null and ((select in_place(place, null)) or of_person(i.person_id))
   order by a.subject_id, a.added_at desc, a.id;
end
$$;

grant execute on function hang_photograph, photographs_of to dudao_app;

-- The mobile number of an account. The person asks for one, and it signs nobody in before somebody else has seen that it is his:
-- so a number that is taken is told to nobody who merely tries it.
alter table people add column mobile text check (mobile ~ '^1[3-9][0-9]{9}$');
alter table people add column mobile_asked text check (mobile_asked ~ '^1[3-9][0-9]{9}$');
create unique index people_by_mobile on people (mobile) where mobile is not null;
