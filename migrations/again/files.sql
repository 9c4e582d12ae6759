-- Functions of files that ask what features hang files on: whether they are closed, which seats read them, what goes with them. The
-- other functions of files ask no feature and stand in the migrations.

-- Whether files may still be hung on a subject or taken off: the feature that closes them says so, and keeps the subject as it is until
-- the transaction ends. Files that came with a letter are hung by `hang_letter_files` alone.
create or replace function assert_files_open(place integer, type text, subject uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if type = 'letter-receipt' then
    raise exception 'the files of a letter that came' using errcode = 'insufficient_privilege';
  end if;
  if type = 'letter' then
    perform assert_letter_files_open(place, subject);
  end if;
  if type = 'evidence' then
    perform assert_evidence_files_open(place, subject);
  end if;
end
$$;

-- What the scanner said of the contents of attachments within reach, by the place or by a seat. A content that is not there any more
-- has no line.
create or replace function scans_of(type text, subject uuid, place integer) returns table (attachment uuid, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.id, c.scan from attachments a join file_contents c on c.hash = a.file_hash
   where a.place_id = place and a.subject_type = type and a.subject_id = subject and a.detached_at is null
     and (in_place(a.place_id, a.school_id) or in_campaign(a.campaign_id) or in_seats(a.seats));
end
$$;

-- The content of an attachment within reach, for the server that sends its bytes.
create or replace function open_attachment(attachment uuid)
returns table (place_id integer, school_id integer, subject_type text, subject_id uuid, hash text, name text, size bigint,
  media_type text, added_by text, sensitive text, purpose text, keep_until date, openers text, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.added_by,
         a.sensitive, a.purpose, a.keep_until, a.openers, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and a.removed_at is null
     and a.place_id = any (nullif(current_setting('app.places', true), '')::integer[]) and in_place(a.place_id, a.school_id)
  union all
  select a.place_id, a.school_id, a.subject_type, a.subject_id, a.file_hash, a.name, a.size, a.media_type, a.added_by,
         a.sensitive, a.purpose, a.keep_until, a.openers, c.scan
    from attachments a join file_contents c on c.hash = a.file_hash
   where a.id = attachment and a.detached_at is null and a.removed_at is null
     and not coalesce(in_place(a.place_id, a.school_id), false) and (in_campaign(a.campaign_id) or in_seats(a.seats))
   limit 1;
end
$$;

-- Takes the content from marked files whose period ended more than seven days ago, and says which. The clock of the database
-- decides, whatever day the program names, and leaves everybody seven days also of a period that was written as one that is
-- over. Nothing goes while files are held; what hangs on a subject stays while records of its kind are held, because a case about
-- letters needs their files. The prints of what goes are deleted: the print of a picture is a small picture.
create or replace function remove_attachments_over(day date)
returns table (place integer, attachment uuid, school integer, type text, subject uuid, file_name text, meant_for text,
  kept date, hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_day date := least(day, (clock_timestamp() at time zone 'Asia/Shanghai')::date) - 8;
  held text[];
  gone integer;
  proof text;
  first_day date;
  newest_day date;
begin
  if exists (select 1 from retention_holds h where h.kind = 'files' and h.lifted_at is null) then
    return;
  end if;
  select coalesce(array_agg(s.subject_type), '{}') into held
    from (select unnest(t.subjects) as subject_type from retention_terms t
           where exists (select 1 from retention_holds h where h.kind = t.kind and h.lifted_at is null)) s;
  update attachments a set removed_at = now(), removed_by = '夜间任务'
   where a.keep_until <= last_day and a.period_written_at <= now() - interval '7 days' and a.removed_at is null
     and a.subject_type <> all (held);
  -- No other transaction has this moment: a second server waits for the job of the first.
  select count(*)::integer, min(a.keep_until), max(a.keep_until),
         encode(sha256(string_agg(sha256(convert_to(to_jsonb(a)::text, 'UTF8')), ''::bytea order by a.place_id, a.id)), 'hex')
    into gone, first_day, newest_day, proof
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
  insert into retention_proofs as p (kind, checked_at, removed_at, removed, digest, oldest, newest)
  select 'marked-files', now(), case when gone > 0 then now() end, nullif(gone, 0), proof,
         first_day at time zone 'Asia/Shanghai', newest_day at time zone 'Asia/Shanghai'
  on conflict (kind) do update
     set checked_at = excluded.checked_at,
         removed_at = coalesce(excluded.removed_at, p.removed_at),
         removed = coalesce(excluded.removed, p.removed),
         digest = coalesce(excluded.digest, p.digest),
         oldest = coalesce(excluded.oldest, p.oldest),
         newest = coalesce(excluded.newest, p.newest);
  delete from evidence_prints p using attachments a
   where a.keep_until <= last_day and a.removed_at = now() and a.place_id = p.place_id and a.id = p.attachment_id;
  return query
  select a.place_id, a.id, a.school_id, a.subject_type, a.subject_id, a.name, a.purpose, a.keep_until, a.file_hash
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
end
$$;

grant execute on function scans_of, open_attachment, remove_attachments_over to dudao_app;
