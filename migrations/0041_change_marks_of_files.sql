-- A mark is written on a file that hangs already, and stays on the file whatever way it is taken off and hung up again.

-- Writes the mark of an attachment within reach: on an unmarked one purpose, last day and openers; on a marked one another purpose,
-- or fewer openers. Its last day has a function of its own. False where the mark is another than the one that was read, or where
-- the content is gone. A copy is kept no longer than its source, and copies that were made of it get the mark too; a letter and
-- its receipts keep theirs, because whoever got a letter judges no file.
create function mark_attachment(
  place integer, attachment uuid, read_purpose text, read_day date, read_openers text, meant_for text, kept date, opened_by text
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hanging attachments;
  last_day date;
begin
  perform assert_period(kept);
  select a.* into hanging from attachments a
   where a.place_id = place and a.id = attachment and a.detached_at is null and a.removed_at is null
     and in_place(a.place_id, a.school_id)
     and a.purpose is not distinct from read_purpose and a.keep_until is not distinct from read_day
     and a.openers is not distinct from read_openers for update;
  if not found then
    return false;
  end if;
  perform assert_files_open(hanging.place_id, hanging.subject_type, hanging.subject_id);
  if hanging.openers = 'judges' and opened_by <> 'judges' then
    raise exception 'a file that is open to few stays so' using errcode = 'insufficient_privilege';
  end if;
  last_day := coalesce(hanging.keep_until, least(kept, (select longest_period(place, attachment))));
  if hanging.sensitive is null then
    update attachments a
       set sensitive = '涉及未成年人', purpose = meant_for, keep_until = last_day, openers = opened_by, period_written_at = now()
     where a.place_id = place and a.id = attachment;
  else
    update attachments a set purpose = meant_for, openers = opened_by where a.place_id = place and a.id = attachment;
  end if;
  update attachments a
     set sensitive = '涉及未成年人', purpose = coalesce(a.purpose, meant_for), keep_until = least(a.keep_until, last_day),
         openers = case when a.openers = 'judges' then a.openers else opened_by end, period_written_at = now()
   where a.copied_from_place = place and a.copied_from = attachment and a.removed_at is null
     and a.subject_type not in ('letter', 'letter-receipt');
  return true;
end
$$;

drop function restore_attachment(integer, uuid);

-- Hangs an attachment up again for whoever has just taken it off, and answers which one hangs and whether that changed anything. Where
-- the same file was attached anew meanwhile, that one stays, with the narrower mark of both. No row where it cannot be taken back.
create function restore_attachment(place integer, attachment uuid) returns table (hangs uuid, changed boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone attachments;
  anew uuid;
begin
  select a.* into gone from attachments a
   where a.place_id = place and a.id = attachment and a.detached_by = current_setting('app.person')
     and a.detached_at > now() - interval '1 minute' and a.removed_at is null and in_place(a.place_id, a.school_id);
  if not found then
    return;
  end if;
  perform assert_files_open(gone.place_id, gone.subject_type, gone.subject_id);
  perform lock_content(gone.file_hash);
  select a.id into anew from attachments a
   where a.place_id = place and a.subject_type = gone.subject_type and a.subject_id = gone.subject_id
     and a.part is not distinct from gone.part and a.file_hash = gone.file_hash and a.detached_at is null
     and a.removed_at is null;
  if not found then
    update attachments a set detached_at = null, detached_by = null where a.place_id = place and a.id = attachment;
    return query select attachment, true;
    return;
  end if;
  update attachments a
     set sensitive = coalesce(a.sensitive, gone.sensitive), purpose = coalesce(a.purpose, gone.purpose),
         keep_until = least(a.keep_until, gone.keep_until), period_written_at = now(),
         openers = case when a.openers = 'judges' then a.openers else gone.openers end
   where a.place_id = place and a.id = anew and gone.sensitive is not null
     and (a.sensitive is null or gone.keep_until < a.keep_until or (gone.openers = 'judges' and a.openers <> 'judges'));
  return query select anew, found;
end
$$;

grant execute on function mark_attachment, restore_attachment to dudao_app;
