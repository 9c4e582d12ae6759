-- What shows or lets hear children carries a purpose, a period and who may open it. After its period nobody opens it; some days
-- later its content goes, and the row stays as the proof. And the files of a numbered letter are frozen as its text is.

alter table attachments
  -- The last day on which it may be opened.
  add column keep_until date,
  -- `reach`: whoever reads the subject. `judges`: whoever brought it, and those who judge the subject.
  add column openers text check (openers in ('reach', 'judges')),
  -- The moment at which the last day was written, by the clock of the database.
  add column period_written_at timestamptz,
  -- The attachment of which this one is a copy: it bounds the period of the copy for good.
  add column copied_from_place integer,
  add column copied_from uuid,
  add column removed_at timestamptz,
  add column removed_by text,
  add constraint attachments_removed check ((removed_at is null) = (removed_by is null) and (removed_at is null or keep_until is not null));

-- What was marked before had no period: three years from the day on which it came, and a quarter of a year from now at least, so
-- that nobody loses one without time to prolong it.
update attachments
   set keep_until = greatest((added_at + interval '3 years')::date, (now() + interval '90 days')::date), openers = 'reach',
       period_written_at = added_at
 where sensitive is not null;

alter table attachments
  add constraint attachments_period
    check ((sensitive is null) = (keep_until is null) and (sensitive is null) = (openers is null)
      and (sensitive is null) = (period_written_at is null));

create index attachments_by_period on attachments (keep_until) where keep_until is not null;
create index attachments_by_source on attachments (copied_from) where copied_from is not null;

-- A file of which the content was removed bars no other: it can be brought anew.
drop index attachments_once;
create unique index attachments_once on attachments (place_id, subject_type, subject_id, part, file_hash) nulls not distinct
  where detached_at is null and removed_at is null;

-- The files of a letter that has its number stay as they are, and so do those that came with a letter: they are hung by
-- `hang_letter_files` alone. The letter is kept until the transaction ends, so that nobody numbers it meanwhile.
create function assert_files_open(place integer, type text, subject uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given integer;
begin
  if type = 'letter-receipt' then
    raise exception 'the files of a letter that came' using errcode = 'insufficient_privilege';
  end if;
  if type = 'letter' then
    select l.number into given from letters l where l.place_id = place and l.id = subject for share;
    if given is not null then
      raise exception 'the files of a letter with its number' using errcode = 'insufficient_privilege';
    end if;
  end if;
end
$$;

-- A last day is a day, and at most ten years away. The clock of the database bounds it from above alone: a place may work by a day
-- before it, as the tests do. A day that is over costs nobody a content: see `remove_attachments_over`.
create function assert_period(until date) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  if not isfinite(until) or until > (clock_timestamp() at time zone 'Asia/Shanghai' + interval '10 years 1 day')::date then
    raise exception 'a period of more than ten years' using errcode = 'insufficient_privilege';
  end if;
end
$$;

drop function attach_upload(uuid, integer, text, uuid, integer, text, uuid, text, date, text, text, text);
drop function attach_again(integer, uuid, integer, text, uuid, integer, text, uuid, text, date, text, text, text);
drop function hang_content(text, text, text, integer, text, uuid, integer, text, uuid, text, date, text, text, text);

-- Hangs a content on a subject. Twice the same on the same part of a subject is one: the row that hangs there is answered. Where
-- this one is marked and that one is not, or is open longer or to more people, it takes the narrower mark, and counts as added.
create function hang_content(
  content_hash text, content_name text, content_type text, place integer, type text, subject uuid, school integer,
  of_part text, campaign uuid, by_name text, about date, said text, kind_of_sensitive text, meant_for text, kept date,
  opened_by text, source_place integer default null, source uuid default null
) returns table (attachment uuid, added boolean)
language plpgsql set search_path = public, pg_temp as $$
declare
  hanging uuid;
  bytes bigint;
begin
  perform assert_period(kept);
  perform lock_content(content_hash);
  select c.size into bytes from file_contents c where c.hash = content_hash and c.scan <> 'infected';
  if not found then
    return;
  end if;
  select a.id into hanging from attachments a
   where a.place_id = place and a.subject_type = type and a.subject_id = subject and a.part is not distinct from of_part
     and a.file_hash = content_hash and a.detached_at is null and a.removed_at is null;
  if found then
    update attachments a
       set sensitive = coalesce(a.sensitive, kind_of_sensitive), purpose = coalesce(a.purpose, meant_for),
           keep_until = least(a.keep_until, kept), period_written_at = now(),
           openers = case when a.openers = 'judges' then a.openers else opened_by end
     where a.place_id = place and a.id = hanging and kind_of_sensitive is not null
       and (a.sensitive is null or kept < a.keep_until or (opened_by = 'judges' and a.openers <> 'judges'));
    return query select hanging, found;
    return;
  end if;
  hanging := gen_random_uuid();
  insert into attachments (place_id, id, campaign_id, subject_type, subject_id, school_id, part, file_hash, name, size,
    media_type, added_by, added_by_name, about_day, note, sensitive, purpose, keep_until, openers, period_written_at,
    copied_from_place, copied_from, position)
  values (place, hanging, campaign, type, subject, school, of_part, content_hash, content_name, bytes, content_type,
    current_setting('app.person'), by_name, about, said, kind_of_sensitive, meant_for, kept, opened_by,
    case when kept is not null then now() end, source_place, source,
    (select coalesce(max(a.position), 0) + 1 from attachments a
      where a.place_id = place and a.subject_type = type and a.subject_id = subject));
  return query select hanging, true;
end
$$;

-- Attaches an own upload that is whole to a subject within reach.
create function attach_upload(
  upload uuid, place integer, type text, subject uuid, school integer, of_part text, campaign uuid, by_name text,
  about date, said text, kind_of_sensitive text, meant_for text, kept date, opened_by text
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
  perform assert_files_open(place, type, subject);
  return query select * from hang_content(brought.hash, brought.name, brought.media_type, place, type, subject, school,
    of_part, campaign, by_name, about, said, kind_of_sensitive, meant_for, kept, opened_by);
end
$$;

-- Attaches the file of an attachment within reach to another subject within reach. A mark goes along: the copy is opened by no
-- more people and no longer than the file itself.
create function attach_again(
  from_place integer, from_attachment uuid, place integer, type text, subject uuid, school integer, of_part text,
  campaign uuid, by_name text, about date, said text, kind_of_sensitive text, meant_for text, kept date, opened_by text
) returns table (attachment uuid, added boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  source attachments;
begin
  select a.* into source from attachments a
   where a.place_id = from_place and a.id = from_attachment and a.detached_at is null and a.removed_at is null
     and (in_place(a.place_id, a.school_id) or in_campaign(a.campaign_id));
  if not found or not coalesce(in_place(place, school), false) then
    return;
  end if;
  perform assert_files_open(place, type, subject);
  return query select * from hang_content(source.file_hash, source.name, source.media_type, place, type, subject, school,
    of_part, campaign, by_name, about, said, coalesce(kind_of_sensitive, source.sensitive),
    coalesce(meant_for, source.purpose), least(kept, source.keep_until),
    case when source.openers = 'judges' then source.openers else coalesce(opened_by, source.openers) end,
    source.place_id, source.id);
end
$$;

-- Takes an attachment within reach off its subject. The row stays and keeps who did it and when.
create or replace function detach_attachment(place integer, attachment uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform assert_files_open(a.place_id, a.subject_type, a.subject_id) from attachments a
    where a.place_id = place and a.id = attachment and in_place(a.place_id, a.school_id);
  update attachments a set detached_at = now(), detached_by = current_setting('app.person')
   where a.place_id = place and a.id = attachment and a.detached_at is null and in_place(a.place_id, a.school_id);
  return found;
end
$$;

-- Hangs it up again for whoever has just taken it off. Where the same file was attached anew meanwhile, that one stays.
create or replace function restore_attachment(place integer, attachment uuid) returns boolean
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
  perform assert_files_open(gone.place_id, gone.subject_type, gone.subject_id);
  perform lock_content(gone.file_hash);
  if not exists (select 1 from attachments a
      where a.place_id = place and a.subject_type = gone.subject_type and a.subject_id = gone.subject_id
        and a.part is not distinct from gone.part and a.file_hash = gone.file_hash and a.detached_at is null
        and a.removed_at is null) then
    update attachments a set detached_at = null, detached_by = null where a.place_id = place and a.id = attachment;
  end if;
  return true;
end
$$;

drop function open_attachment(uuid);

-- The content of an attachment within reach, for the server that sends its bytes.
create function open_attachment(attachment uuid)
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
     and not coalesce(in_place(a.place_id, a.school_id), false) and in_campaign(a.campaign_id)
   limit 1;
end
$$;

-- The day beyond which nobody keeps an attachment within reach: the last day of the one of which it is a copy. Null where it is no
-- copy, or a copy of what has no period.
create function longest_period(place integer, attachment uuid) returns date
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  copy attachments;
begin
  select a.* into copy from attachments a
   where a.place_id = place and a.id = attachment and in_place(a.place_id, a.school_id);
  return (select a.keep_until from attachments a where a.place_id = copy.copied_from_place and a.id = copy.copied_from);
end
$$;

-- Writes another last day of a marked file within reach. False where it was changed meanwhile, or its content was removed. A
-- period is shortened only where a file can be taken off. What was sent with a letter follows the file of the letter.
create function change_attachment_period(place integer, attachment uuid, read_day date, until date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hanging attachments;
begin
  perform assert_period(until);
  select a.* into hanging from attachments a
   where a.place_id = place and a.id = attachment and a.keep_until = read_day and a.detached_at is null
     and a.removed_at is null and in_place(a.place_id, a.school_id) for update;
  if not found then
    return false;
  end if;
  if until < hanging.keep_until then
    perform assert_files_open(hanging.place_id, hanging.subject_type, hanging.subject_id);
  elsif until > longest_period(place, attachment) then
    raise exception 'a copy is kept no longer than its source' using errcode = 'insufficient_privilege';
  end if;
  update attachments a set keep_until = until, period_written_at = now() where a.place_id = place and a.id = attachment;
  if hanging.subject_type = 'letter' then
    update attachments a set keep_until = until, period_written_at = now()
     where a.copied_from_place = place and a.copied_from = attachment and a.subject_type = 'letter-receipt'
       and a.keep_until is not null and a.removed_at is null;
  end if;
  return true;
end
$$;

-- Whether anything holds a content: an upload, an attachment, or one that was taken off less than thirty days ago. What was
-- removed after its period holds nothing.
create or replace function holds_content(wanted text) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return exists (select 1 from uploads u where u.hash = wanted)
      or exists (select 1 from attachments a
                  where a.file_hash = wanted and a.removed_at is null
                    and (a.detached_at is null or a.detached_at > now() - interval '30 days'));
end
$$;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample) values
  (19, 'marked-files', '涉及未成年人的附件',
   '标明涉及未成年人的影像和声音：过了各自写明的保存期不能打开，再过 7 天由夜间任务清理内容；名称、用途、期限、校验码和清理记录保留。“附件”暂停清理时不清理',
   null, 1, 'end',
   '《中华人民共和国个人信息保护法》第十九条：保存期限应当为实现处理目的所必要的最短时间；第二十八条：不满十四周岁未成年人的个人信息属于敏感个人信息',
   false);

-- Takes the content from marked files whose period ended more than seven days ago, and says which. The clock of the database
-- decides, whatever day the program names, and leaves everybody seven days also of a period that was written as one that is
-- over. Nothing goes while files are held.
create function remove_attachments_over(day date)
returns table (place integer, attachment uuid, school integer, type text, subject uuid, file_name text, meant_for text,
  kept date, hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_day date := least(day, (clock_timestamp() at time zone 'Asia/Shanghai')::date) - 8;
  gone integer;
  proof text;
  first_day date;
  newest_day date;
begin
  if exists (select 1 from retention_holds h where h.kind = 'files' and h.lifted_at is null) then
    return;
  end if;
  update attachments a set removed_at = now(), removed_by = '夜间任务'
   where a.keep_until <= last_day and a.period_written_at <= now() - interval '7 days' and a.removed_at is null;
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
  return query
  select a.place_id, a.id, a.school_id, a.subject_type, a.subject_id, a.name, a.purpose, a.keep_until, a.file_hash
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
end
$$;

grant execute on function attach_upload, attach_again, open_attachment, longest_period, change_attachment_period, remove_attachments_over
  to dudao_app;

drop function keep_letter_prints(integer, uuid, jsonb, jsonb, timestamptz);

-- Hangs the two files of an issued letter on it and enters them with the fonts that stood in, once. They come from own uploads:
-- the file of another attachment is none of the letter, and neither is what was printed of another letter.
create function keep_letter_prints(
  place integer, letter uuid, prints jsonb, fonts jsonb, by_name text, moment timestamptz
) returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  numbered text;
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  select l.number_text into numbered from letters l
   where l.place_id = place and l.id = letter and l.number is not null and not l.on_paper for update;
  if numbered is null or exists (select 1 from letter_prints p where p.place_id = place and p.letter_id = letter) then
    raise exception 'a letter that is not to be printed' using errcode = 'insufficient_privilege';
  end if;
  if exists (
    select 1 from jsonb_to_recordset(prints) as w("uploadId" uuid)
      left join uploads u on u.id = w."uploadId" and u.owner_kind = 'person' and of_person(u.owner_id) and u.state = 'whole'
     where u.id is null or exists (select 1 from letter_prints p where p.place_id = place and p.digest = u.hash)
  ) then
    raise exception 'no file of the letter' using errcode = 'insufficient_privilege';
  end if;
  return query
  insert into letter_prints (place_id, letter_id, format, digest, attachment_id, printed_at)
  select place, letter, o.format, o.hash, h.attachment, moment
    from (
      select w.format, u.hash, u.name, u.media_type
        from jsonb_to_recordset(prints) as w(format text, "uploadId" uuid) join uploads u on u.id = w."uploadId"
       order by w.format
    ) o
   cross join lateral hang_content(o.hash, o.name, o.media_type, place, 'letter', letter, null, o.format, null, by_name, null,
                                   null, null, null, null, null) h
  returning letter_prints.format;
  if (select count(*) from letter_prints p where p.place_id = place and p.letter_id = letter) <> 2 then
    raise exception 'a letter has two files' using errcode = 'insufficient_privilege';
  end if;
  return query
  insert into letter_print_fonts (place_id, letter_id, wanted, used)
  select place, letter, w.wanted, w.used from jsonb_to_recordset(fonts) as w(wanted text, used text)
  returning letter_print_fonts.wanted;
end
$$;

-- Hangs every file of a letter that has its number on its receipts too, at the places of the addressees; only what the program
-- printed is marked there as the frozen letter. Returns how many.
create function hang_letter_files(place integer, letter uuid, by_name text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  files jsonb;
  receipts jsonb;
  hung integer;
begin
  if in_place(place, null) is not true
     or not exists (select 1 from letters l where l.place_id = place and l.id = letter and l.number is not null) then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  select jsonb_agg(to_jsonb(a) || jsonb_build_object('format', p.format) order by a.position, a.id) into files
    from attachments a
    left join letter_prints p on p.place_id = a.place_id and p.letter_id = a.subject_id and p.attachment_id = a.id
   where a.place_id = place and a.subject_type = 'letter' and a.subject_id = letter and a.detached_at is null
     and a.removed_at is null;
  select jsonb_agg(to_jsonb(c)) into receipts
    from letter_receipts c
   where c.letter_place_id = place and c.letter_id = letter and in_place(c.place_id, c.school_id);
  -- Both at hand, because they lie at different places.
  select count(*)::integer into hung
    from jsonb_to_recordset(files) as w(id uuid, file_hash text, name text, media_type text, format text, sensitive text,
                                        purpose text, keep_until date, openers text)
   cross join jsonb_to_recordset(receipts) as r(place_id integer, id uuid, school_id integer)
   cross join lateral hang_content(w.file_hash, w.name, w.media_type, r.place_id, 'letter-receipt', r.id, r.school_id, w.format,
                                   null, by_name, null, null, w.sensitive, w.purpose, w.keep_until, w.openers, place, w.id) h;
  return hung;
end
$$;

grant execute on function keep_letter_prints, hang_letter_files to dudao_app;
