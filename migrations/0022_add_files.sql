-- Files. The bytes lie on the disk of the server by the hash of their content; the database knows who is bringing one, which
-- contents there are, and on which subject a file hangs. A hash is no key: no function below takes one from a person.

-- A file that somebody is bringing or has brought and not yet attached. The id is minted by whoever brings it, so that the
-- same request sent twice is one upload. Only its owner sees it. Whether its bytes are being looked at is known to the
-- server that does so alone, because a state that a crash leaves behind would be wrong.
create table uploads (
  id uuid primary key,
  owner_kind text not null check (owner_kind in ('person', 'device')),
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  size bigint not null check (size > 0),
  received bigint not null default 0 check (received between 0 and size),
  state text not null default 'pending' check (state in ('pending', 'whole', 'refused')),
  -- Why it was refused, in words.
  fault text,
  hash text check (hash ~ '^[0-9a-f]{64}$'),
  media_type text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check ((state = 'whole') = (hash is not null) and (hash is null) = (media_type is null)),
  check ((state = 'refused') = (fault is not null))
);

create index uploads_by_owner on uploads (owner_id, created_at);
create index uploads_by_expiry on uploads (expires_at);
create index uploads_by_hash on uploads (hash) where hash is not null;

alter table uploads enable row level security;
alter table uploads force row level security;
do $$
begin
  execute format('create policy owner on uploads to %I using (true) with check (true)', current_user);
end
$$;
-- No statement of the program says which content an upload has: only `keep_upload` does, which is the owner's.
create policy own on uploads to dudao_app using (owner_kind = 'person' and of_person(owner_id))
  with check (owner_kind = 'person' and of_person(owner_id) and hash is null);
grant select, insert, update, delete on uploads to dudao_app;

-- What lies on the disk. The application's role has no right on it: what a person may see of a file stands on its attachment.
create table file_contents (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  stored_at timestamptz not null default now(),
  -- `large`: larger than the scanner takes.
  scan text not null default 'unscanned' check (scan in ('unscanned', 'clean', 'infected', 'large')),
  scanned_at timestamptz
);

create index file_contents_by_scan on file_contents (scan, scanned_at);

-- The day that the evidence is about is not the day on which it came in. What shows children or is otherwise sensitive says
-- of what kind it is and for which purpose it may be opened.
alter table attachments
  add column about_day date,
  add column note text check (length(note) <= 500),
  add column sensitive text check (length(sensitive) between 1 and 40),
  add column purpose text check (length(purpose) between 1 and 200),
  add column position integer not null default 0,
  add constraint attachments_purpose check (sensitive is null or purpose is not null);

create unique index attachments_once on attachments (place_id, subject_type, subject_id, part, file_hash) nulls not distinct
  where detached_at is null;
create index attachments_by_hash on attachments (file_hash);
create index attachments_by_campaign on attachments (campaign_id) where campaign_id is not null;

-- Rows come and change by the functions below alone, which ask who may do it themselves.
revoke insert, update on attachments from dudao_app;

-- Storing, attaching and tidying one content wait for each other.
create function lock_content(wanted text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended(wanted, 19))
$$;

-- Room for one more upload, or null: what this person has under way, and what all uploads under way still need.
create function uploads_under_way() returns table (own_count bigint, own_bytes numeric, all_missing numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(*) filter (where of_person(u.owner_id)), coalesce(sum(u.size) filter (where of_person(u.owner_id)), 0),
         coalesce(sum(u.size - u.received), 0)
    from uploads u where u.state = 'pending' and u.expires_at > now();
end
$$;

-- Keeps the content of an own upload. The program moves the bytes to their place after this and before the commit, under
-- the lock of the content. Returns what the scanner said of the same content before.
create function keep_upload(upload uuid, content_hash text, content_type text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  brought uploads;
  known text;
begin
  perform lock_content(content_hash);
  select u.* into brought from uploads u
   where u.id = upload and u.owner_kind = 'person' and of_person(u.owner_id) and u.state = 'pending' for update;
  if not found then
    return null;
  end if;
  insert into file_contents (hash, size, media_type) values (content_hash, brought.size, content_type)
    on conflict (hash) do nothing;
  select c.scan into known from file_contents c where c.hash = content_hash;
  update uploads u set state = 'whole', received = u.size, hash = content_hash, media_type = content_type where u.id = upload;
  return known;
end
$$;

-- Hangs a content on a subject. Twice the same on the same part of a subject is one: the row that hangs there is answered.
create function hang_content(
  content_hash text, content_name text, content_type text, place integer, type text, subject uuid, school integer,
  of_part text, campaign uuid, by_name text, about date, said text, kind_of_sensitive text, meant_for text
) returns table (attachment uuid, added boolean)
language plpgsql set search_path = public, pg_temp as $$
declare
  hanging uuid;
  bytes bigint;
begin
  perform lock_content(content_hash);
  select c.size into bytes from file_contents c where c.hash = content_hash and c.scan <> 'infected';
  if not found then
    return;
  end if;
  select a.id into hanging from attachments a
   where a.place_id = place and a.subject_type = type and a.subject_id = subject and a.part is not distinct from of_part
     and a.file_hash = content_hash and a.detached_at is null;
  if found then
    return query select hanging, false;
    return;
  end if;
  hanging := gen_random_uuid();
  insert into attachments (place_id, id, campaign_id, subject_type, subject_id, school_id, part, file_hash, name, size,
    media_type, added_by, added_by_name, about_day, note, sensitive, purpose, position)
  values (place, hanging, campaign, type, subject, school, of_part, content_hash, content_name, bytes, content_type,
    current_setting('app.person'), by_name, about, said, kind_of_sensitive, meant_for,
    (select coalesce(max(a.position), 0) + 1 from attachments a
      where a.place_id = place and a.subject_type = type and a.subject_id = subject));
  return query select hanging, true;
end
$$;

-- Attaches an own upload that is whole to a subject within reach.
create function attach_upload(
  upload uuid, place integer, type text, subject uuid, school integer, of_part text, campaign uuid, by_name text,
  about date, said text, kind_of_sensitive text, meant_for text
) returns table (attachment uuid, added boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  brought uploads;
begin
  select u.* into brought from uploads u
   where u.id = upload and u.owner_kind = 'person' and of_person(u.owner_id) and u.state = 'whole';
  if not found or not coalesce(in_place(place, school), false) then
    return;
  end if;
  return query select * from hang_content(brought.hash, brought.name, brought.media_type, place, type, subject, school,
    of_part, campaign, by_name, about, said, kind_of_sensitive, meant_for);
end
$$;

-- Attaches the file of an attachment within reach to another subject within reach.
create function attach_again(
  from_place integer, from_attachment uuid, place integer, type text, subject uuid, school integer, of_part text,
  campaign uuid, by_name text, about date, said text, kind_of_sensitive text, meant_for text
) returns table (attachment uuid, added boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  source attachments;
begin
  select a.* into source from attachments a
   where a.place_id = from_place and a.id = from_attachment and a.detached_at is null
     and (in_place(a.place_id, a.school_id) or in_campaign(a.campaign_id));
  if not found or not coalesce(in_place(place, school), false) then
    return;
  end if;
  return query select * from hang_content(source.file_hash, source.name, source.media_type, place, type, subject, school,
    of_part, campaign, by_name, about, said, coalesce(kind_of_sensitive, source.sensitive),
    coalesce(meant_for, source.purpose));
end
$$;

-- Takes an attachment within reach off its subject. The row stays and keeps who did it and when.
create function detach_attachment(place integer, attachment uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update attachments a set detached_at = now(), detached_by = current_setting('app.person')
   where a.place_id = place and a.id = attachment and a.detached_at is null and in_place(a.place_id, a.school_id);
  return found;
end
$$;

-- Hangs it up again for whoever has just taken it off. Where the same file was attached anew meanwhile, that one stays.
create function restore_attachment(place integer, attachment uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone attachments;
begin
  select a.* into gone from attachments a
   where a.place_id = place and a.id = attachment and a.detached_by = current_setting('app.person')
     and a.detached_at > now() - interval '1 minute' and in_place(a.place_id, a.school_id);
  if not found then
    return false;
  end if;
  perform lock_content(gone.file_hash);
  if not exists (select 1 from attachments a
      where a.place_id = place and a.subject_type = gone.subject_type and a.subject_id = gone.subject_id
        and a.part is not distinct from gone.part and a.file_hash = gone.file_hash and a.detached_at is null) then
    update attachments a set detached_at = null, detached_by = null where a.place_id = place and a.id = attachment;
  end if;
  return true;
end
$$;

-- The content of an attachment within reach, for the server that sends its bytes.
create function open_attachment(attachment uuid)
returns table (place_id integer, school_id integer, subject_type text, subject_id uuid, hash text, name text, size bigint,
  media_type text, sensitive text, purpose text, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.sensitive,
         a.purpose, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and a.place_id = any (nullif(current_setting('app.places', true), '')::integer[])
     and in_place(a.place_id, a.school_id)
  union all
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.sensitive,
         a.purpose, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and not coalesce(in_place(a.place_id, a.school_id), false)
     and in_campaign(a.campaign_id)
   limit 1;
end
$$;

-- What the scanner said of the contents of attachments within reach. A content that is not there any more has no line.
create function scans_of(type text, subject uuid, place integer) returns table (attachment uuid, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.id, c.scan from attachments a join file_contents c on c.hash = a.file_hash
   where a.place_id = place and a.subject_type = type and a.subject_id = subject and a.detached_at is null
     and (in_place(a.place_id, a.school_id) or in_campaign(a.campaign_id));
end
$$;

-- Tidying. The clock of the database decides, whatever moment the program names.

-- Removes uploads that have expired, of every person, and says which, so that their bytes go too.
create function delete_expired_uploads(moment timestamptz) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query delete from uploads where expires_at < least(moment, clock_timestamp()) returning id;
end
$$;

-- Which of these uploads are known.
create function known_uploads(ids uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select u.id from uploads u where u.id = any (ids);
end
$$;

-- Which of these contents are known.
create function known_contents(hashes text[]) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select c.hash from file_contents c where c.hash = any (hashes);
end
$$;

-- Whether anything holds a content: an upload, an attachment, or one that was taken off less than thirty days ago.
create function holds_content(wanted text) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return exists (select 1 from uploads u where u.hash = wanted)
      or exists (select 1 from attachments a
                  where a.file_hash = wanted and (a.detached_at is null or a.detached_at > now() - interval '30 days'));
end
$$;

-- The next contents that nothing holds, in the order of their hashes.
create function contents_to_tidy(behind text, most integer) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.hash from file_contents c where c.hash > behind and not holds_content(c.hash) order by c.hash limit most;
end
$$;

-- Forgets a content that nothing holds: asked again under its lock, which is kept until the transaction ends.
create function delete_content(wanted text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform lock_content(wanted);
  if holds_content(wanted) then
    return false;
  end if;
  delete from file_contents where hash = wanted;
  return true;
end
$$;

-- Waits for the lock of a content and says whether it is known.
create function knows_content(wanted text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform lock_content(wanted);
  return exists (select 1 from file_contents where hash = wanted);
end
$$;

-- The contents that the scanner looks at next: those it has not seen, then those it saw longest ago. Lists of viruses grow.
create function contents_to_scan(most integer) returns table (hash text, size bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.hash, c.size from file_contents c
   where c.scan = 'unscanned' or c.scan in ('clean', 'large') and c.scanned_at < now() - interval '7 days'
   order by c.scan = 'unscanned' desc, c.scanned_at nulls first limit most;
end
$$;

create function write_scan(wanted text, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update file_contents set scan = said, scanned_at = now() where hash = wanted;
end
$$;

grant execute on function uploads_under_way, keep_upload, attach_upload, attach_again, detach_attachment, restore_attachment,
  open_attachment, scans_of, delete_expired_uploads, known_uploads, known_contents, contents_to_tidy, delete_content,
  knows_content, contents_to_scan, write_scan to dudao_app;
