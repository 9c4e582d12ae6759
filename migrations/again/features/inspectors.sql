-- Whom the register publishes to whoever makes up a panel: who an inspector or an expert is, where the appointment stands, and what
-- the rule of avoidance asks (posts and relations, without a word of their own). It is `security_invoker`: the policies of the
-- register go through it. A reader applies the rule of `domain/inspection/avoidance` and tells what follows, never why.
create view inspector_pool with (security_invoker = true) as
select i.place_id, i.id as inspector_id, i.person_id, i.kind, i.name, i.employer, i.post, i.subjects, i.state, i.search,
       jsonb_build_array(jsonb_build_object(
         'written', i.employer, 'unitId', i.employer_unit_id, 'schoolId', i.employer_school_id, 'post', i.post,
         'leftOn', null, 'present', true
       )) || coalesce((
         select jsonb_agg(jsonb_build_object(
                  'written', p.employer, 'unitId', p.employer_unit_id, 'schoolId', p.employer_school_id, 'post', p.post,
                  'leftOn', p.left_on, 'present', false
                ) order by p.position)
           from inspector_posts p where p.place_id = i.place_id and p.inspector_id = i.id
       ), '[]') as posts,
       coalesce((
         select jsonb_agg(jsonb_build_object(
                  'relative', r.relative, 'tie', r.tie, 'written', r.employer, 'unitId', r.employer_unit_id,
                  'schoolId', r.employer_school_id, 'until', r.until_day
                ) order by r.position)
           from inspector_relations r where r.place_id = i.place_id and r.inspector_id = i.id
       ), '[]') as relations,
       -- The last day of the newest term; null where it has no end.
       (select t.to_day from inspector_terms t where t.place_id = i.place_id and t.inspector_id = i.id
         order by t.from_day desc limit 1) as term_to
  from inspectors i;

comment on column inspector_pool.place_id is '@notNull';
comment on column inspector_pool.inspector_id is '@notNull';
comment on column inspector_pool.kind is '@notNull @type ''full-time'' | ''specially-invited'' | ''responsible'' | ''expert''';
comment on column inspector_pool.name is '@notNull';
comment on column inspector_pool.employer is '@notNull';
comment on column inspector_pool.post is '@notNull';
comment on column inspector_pool.subjects is '@notNull';
comment on column inspector_pool.state is '@notNull';
comment on column inspector_pool.search is '@notNull';
comment on column inspector_pool.posts is '@notNull @type readonly { readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly post: string; readonly leftOn: string | null; readonly present: boolean }[]';
comment on column inspector_pool.relations is '@notNull @type readonly { readonly relative: string; readonly tie: string; readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly until: string | null }[]';

grant select on inspector_pool to dudao_app;

-- What the person behind an entry does as the owner: the rows beside it name the account and not the state, and the person reaches no
-- file of the place.

-- Whether an entry is that of the person of the transaction and stands in a state. It looks as the owner: the rows beside an entry
-- name the account and not the state, and a policy that asked the table itself would ask the policies of that table again.
create or replace function own_inspector(place integer, inspector uuid, in_state text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from inspectors i
     where i.place_id = place and i.id = inspector and of_person(i.person_id) and i.state = in_state);
end
$$;

-- What somebody in office declares himself: one more relation that keeps him away. Nothing is taken away by it, the entry gets another
-- revision so that no older form of the office overwrites it, and the office is told without the grounds. Null where the entry is not
-- the person's own and in office, 0 where it holds as many as it takes.
create or replace function declare_relation(
  place integer, inspector uuid, relation uuid, of_relative text, of_tie text, body text, body_unit integer, body_school integer,
  of_post text, of_note text, until date, notice uuid, by_name text, moment timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry inspectors;
  last_position integer;
begin
  select i.* into entry from inspectors i where i.place_id = place and i.id = inspector for update;
  if not found or not own_inspector(place, inspector, 'serving') then
    return null;
  end if;
  select coalesce(max(r.position), 0) into last_position
    from inspector_relations r where r.place_id = place and r.inspector_id = inspector;
  if last_position >= 40 then
    return 0;
  end if;
  insert into inspector_relations (place_id, inspector_id, id, person_id, position, relative, tie, employer, employer_unit_id,
                                   employer_school_id, post, note, until_day)
    values (place, inspector, relation, entry.person_id, last_position + 1, of_relative, of_tie, body, body_unit, body_school, of_post,
            of_note, until);
  update inspectors i set revision = i.revision + 1, updated_at = moment where i.place_id = place and i.id = inspector;
  insert into notices (place_id, id, kind, audience, subject_type, subject_id, sent_by, sent_by_name, sent_at, about)
    values (place, notice, 'inspector.declared', 'place', 'inspector', inspector, entry.person_id::text, by_name, moment, entry.name);
  return last_position + 1;
end
$$;

-- The photograph is a file on the entry, under a part of its own. The person behind a draft reaches no file of the place, so one
-- function hangs it for the office and for the person: an own upload that is whole and a picture. The one before is taken off.
create or replace function hang_photograph(upload uuid, place integer, inspector uuid, by_name text) returns uuid
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
create or replace function photographs_of(place integer, wanted uuid[])
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

-- A plan or a summary as a file: it hangs on the entry under a part of its own, for the office and for the person who serves and reaches
-- no file of the place. An own upload that is whole. What the audit says of it is answered by `hung_paper`.
create or replace function hang_paper(upload uuid, place integer, inspector uuid, of_part text, by_name text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  brought uploads;
  hung uuid;
begin
  select u.* into brought from uploads u
   where u.id = upload and u.owner_kind = 'person' and of_person(u.owner_id) and u.state = 'whole';
  if not found or of_part !~ '^(plan|summary) \d{4} (autumn|spring)$'
     or not exists (select 1 from inspectors i where i.place_id = place and i.id = inspector)
     or not (coalesce(in_place(place, null), false) or own_inspector(place, inspector, 'serving')) then
    return null;
  end if;
  perform assert_files_open(place, 'inspector', inspector);
  select h.attachment into hung
    from hang_content(brought.hash, brought.name, brought.media_type, place, 'inspector', inspector, null, of_part, null,
      by_name, null, null, null, null, null, null) h;
  return hung;
end
$$;

-- A paper that hangs: its file, how many files hang on the entry with it, and whether this transaction hung it. For whom the function
-- above hangs papers.
create or replace function hung_paper(place integer, inspector uuid, paper uuid)
returns table (name text, size bigint, hanging integer, added boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.name, a.size::bigint,
         (select count(*)::integer from attachments o
           where o.place_id = place and o.subject_type = 'inspector' and o.subject_id = inspector and o.detached_at is null
             and o.removed_at is null),
         a.added_at = now()
    from attachments a
   where a.place_id = place and a.id = paper and a.subject_type = 'inspector' and a.subject_id = inspector
     and a.part ~ '^(plan|summary) ' and a.detached_at is null
     and (coalesce((select in_place(place, null)), false) or (select own_inspector(place, inspector, 'serving')));
end
$$;

-- The names of the files of the papers of an entry, for whoever reaches the register at the place, and for the person of the entry.
create or replace function paper_files_of(place integer, inspector uuid) returns table (part text, name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.part, a.name from attachments a join inspectors i on i.place_id = a.place_id and i.id = a.subject_id
   where a.place_id = place and a.subject_type = 'inspector' and a.subject_id = inspector and a.part ~ '^(plan|summary) '
     and a.detached_at is null and a.removed_at is null and ((select in_place(place, null)) or of_person(i.person_id))
   order by a.added_at, a.id;
end
$$;

grant execute on function own_inspector, declare_relation, hang_photograph, photographs_of, hang_paper, hung_paper,
  paper_files_of to dudao_app;
