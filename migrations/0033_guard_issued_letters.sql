-- What is issued is frozen beyond the row of letters. The application's role numbers no letter by a statement of its own, and
-- writes no addressee, tie or file of one that has its number: functions do, which take number, year, text and digest from
-- the letter and its series. Policies ask no other table and grants are of whole tables, so these are functions too.

-- A draft stays without anything that an issue gives.
drop policy frozen on letters;
create policy frozen on letters as restrictive for update to dudao_app using (number is null)
  with check (number is null and model_hash is null and issued_on is null and not on_paper);
drop policy drafted on letters;
create policy drafted on letters as restrictive for insert to dudao_app
  with check (number is null and model_hash is null and issued_on is null and not on_paper);

revoke insert, update, delete on letter_recipients from dudao_app;
revoke insert on letter_ties, letter_prints, letter_print_fonts from dudao_app;
revoke execute on function take_letter_number(integer, uuid, date) from dudao_app;

-- JSON in the canonical form of RFC 8785 for what a letter holds: texts, whole numbers and keys of ASCII.
create function canonical_json(value jsonb) returns text language plpgsql immutable as $$
begin
  if jsonb_typeof(value) = 'object' then
    return (
      select '{' || coalesce(string_agg(to_json(e.key)::text || ':' || canonical_json(e.value), ',' order by e.key collate "C"), '')
             || '}'
        from jsonb_each(value) e
    );
  elsif jsonb_typeof(value) = 'array' then
    return (
      select '[' || coalesce(string_agg(canonical_json(e.value), ',' order by e.ordinality), '') || ']'
        from jsonb_array_elements(value) with ordinality e
    );
  end if;
  return value::text;
end
$$;

-- Refuses what is out of reach or has its number; the letter is kept until the transaction ends.
create function assert_letter_open(place integer, letter uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from letters l
   where l.place_id = place and l.id = letter and l.number is null and in_place(l.place_id, null) for update;
  if not found then
    raise exception 'a letter out of reach, or with its number' using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- Refuses a day that has not come anywhere yet.
create function assert_day_come(day date) returns void language plpgsql stable set search_path = public, pg_temp as $$
begin
  if day > current_date + 1 then
    raise exception 'a day that has not come' using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- Replaces the addressees of a letter that has no number.
create function write_letter_recipients(place integer, letter uuid, wanted jsonb) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform assert_letter_open(place, letter);
  delete from letter_recipients r where r.place_id = place and r.letter_id = letter;
  return query
  insert into letter_recipients (place_id, letter_id, id, unit_id, school_id, position)
  select place, letter, w.id, w."unitId", w."schoolId", w.position
    from jsonb_to_recordset(wanted) as w(id uuid, "unitId" integer, "schoolId" integer, position smallint)
  on conflict do nothing
  returning letter_recipients.id;
end
$$;

-- Says what a letter that has no number is about.
create function tie_letter(place integer, letter uuid, ties jsonb) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform assert_letter_open(place, letter);
  return query
  insert into letter_ties (place_id, letter_id, subject_type, subject_place_id, subject_id, title)
  select place, letter, w."subjectType", w."subjectPlaceId", w."subjectId", w.title
    from jsonb_to_recordset(ties) as w("subjectType" text, "subjectPlaceId" integer, "subjectId" uuid, title text)
  on conflict do nothing
  returning letter_ties.subject_id;
end
$$;

-- Numbers and freezes a letter that is signed: its text gets number and days, and the digest is taken of it here. Its row is
-- locked first, then its counter, everywhere. Without a number nothing is changed: the last number or the signature is of a
-- later day, or no number is left.
create function issue_letter(place integer, letter uuid, day date, moment timestamptz)
returns table (
  given integer, series_code text, newest integer, newest_day date, said text, frozen jsonb, proof text, counted integer
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  series uuid;
  signed date;
  of_year smallint := extract(year from day)::smallint;
begin
  perform assert_letter_open(place, letter);
  perform assert_day_come(day);
  select l.series_id, l.signed_on, l.model into series, signed, frozen from letters l
   where l.place_id = place and l.id = letter and l.state = 'signed';
  select s.code into series_code from letter_series s where s.place_id = place and s.id = series;
  if series_code is null or frozen is null then
    raise exception 'a letter that is not signed' using errcode = 'insufficient_privilege';
  end if;
  select t.given, t.newest, t.newest_day into given, newest, newest_day from take_letter_number(place, series, day) t;
  newest_day := greatest(newest_day, signed);
  if given is null or signed > day then
    given := null;
    return next;
    return;
  end if;
  said := series_code || '〔' || of_year || '〕' || given || '号';
  frozen := frozen || jsonb_build_object(
    'number', jsonb_build_object('code', series_code, 'year', of_year, 'ordinal', given),
    'date', to_char(signed, 'YYYY-MM-DD'),
    'printedOn', to_char(day, 'YYYY-MM-DD')
  );
  proof := encode(sha256(convert_to(canonical_json(frozen), 'UTF8')), 'hex');
  return query
  update letters l
     set state = 'issued', number = given, year = of_year, number_text = said, issued_on = day, model = frozen,
         model_hash = proof, revision = l.revision + 1, updated_at = moment
   where l.place_id = place and l.id = letter
  returning given, series_code, newest, newest_day, said, frozen, proof, l.revision;
end
$$;

-- Enters a letter that was numbered on paper, below the first number that the platform gives: the counter is locked, so that
-- nobody sets the first number meanwhile. Returns no row where the number stands already, and no text where it is not below.
create function enter_paper_letter(
  place integer, series uuid, letter uuid, of_kind text, words text, found_by text, ordinal integer, day date, author text,
  author_name text, moment timestamptz
)
returns table (beginning integer, said text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_year smallint := extract(year from day)::smallint;
begin
  if in_place(place, null) is not true then
    raise exception 'a series out of reach' using errcode = 'insufficient_privilege';
  end if;
  perform assert_day_come(day);
  insert into letter_counters (place_id, series_id, year, first, last, last_issued_on)
  values (place, series, of_year, 1, 0, null)
  on conflict (place_id, series_id, year) do nothing;
  select c.first into beginning from letter_counters c
   where c.place_id = place and c.series_id = series and c.year = of_year for update;
  if ordinal >= beginning then
    return next;
    return;
  end if;
  return query
  insert into letters (place_id, id, series_id, kind, title, on_paper, state, year, number, number_text, issued_on,
                       drafted_by, drafted_by_name, written_by, drafted_at, updated_at, also_found_by)
  select s.place_id, letter, s.id, of_kind, words, true, 'issued', of_year, ordinal,
         s.code || '〔' || of_year || '〕' || ordinal || '号', day, author, author_name, '{}', moment, moment, found_by
    from letter_series s where s.place_id = place and s.id = series
  on conflict do nothing
  returning beginning, letters.number_text;
end
$$;

-- Sets the first number of a year, or changes it while the platform has given none; those on paper lie below it, also one that
-- is being entered. False where numbers were given, or one on paper is not below it.
create or replace function begin_letter_numbers(place integer, series uuid, of_year smallint, beginning integer)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a series out of reach' using errcode = 'insufficient_privilege';
  end if;
  insert into letter_counters (place_id, series_id, year, first, last, last_issued_on)
  values (place, series, of_year, 1, 0, null)
  on conflict (place_id, series_id, year) do nothing;
  perform 1 from letter_counters c where c.place_id = place and c.series_id = series and c.year = of_year for update;
  if exists (
    select 1 from letters l
     where l.place_id = place and l.series_id = series and l.year = of_year and l.number >= beginning
  ) then
    return false;
  end if;
  update letter_counters c set first = beginning, last = beginning - 1
   where c.place_id = place and c.series_id = series and c.year = of_year and c.last_issued_on is null;
  return found;
end
$$;

-- Takes back an issued letter that is locked, or voids the row of one on paper, on a day between its own and today's. The
-- number stays taken. Returns the revision.
create or replace function close_letter(place integer, letter uuid, day date, why text, moment timestamptz)
returns table (counted integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  perform assert_day_come(day);
  return query
  update letters l set state = 'withdrawn', withdrawn_on = day, reason = why, revision = l.revision + 1, updated_at = moment
   where l.place_id = place and l.id = letter and l.state = 'issued' and l.issued_on <= day
  returning l.revision;
end
$$;

-- Enters the files of an issued letter with the fonts that stood in, once: each is the content that hangs on the letter itself.
create function keep_letter_prints(place integer, letter uuid, prints jsonb, fonts jsonb, moment timestamptz)
returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
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
  return query
  insert into letter_prints (place_id, letter_id, format, digest, attachment_id, printed_at)
  select a.place_id, a.subject_id, w.format, a.file_hash, a.id, moment
    from attachments a join jsonb_to_recordset(prints) as w(format text, digest text, "attachmentId" uuid)
      on a.id = w."attachmentId" and a.file_hash = w.digest
   where a.place_id = place and a.subject_type = 'letter' and a.subject_id = letter and a.detached_at is null
  returning letter_prints.format;
  if not found then
    raise exception 'no file of the letter' using errcode = 'insufficient_privilege';
  end if;
  return query
  insert into letter_print_fonts (place_id, letter_id, wanted, used)
  select place, letter, w.wanted, w.used from jsonb_to_recordset(fonts) as w(wanted text, used text)
  returning letter_print_fonts.wanted;
end
$$;

grant execute on function write_letter_recipients, tie_letter, issue_letter, enter_paper_letter, keep_letter_prints
  to dudao_app;
