-- Frozen letters. A row policy keeps the application from changing a letter that has its number, and functions give numbers and
-- take letters back: no trigger may stand on a table that grows. The text of an issued letter is kept once at each place of its
-- addressees, and receipts point to it.

-- What a draft becomes at the issue may be anything; what is numbered is changed by functions alone.
create policy frozen on letters as restrictive for update to dudao_app using (number is null) with check (true);
-- Nobody writes an issued letter that was not drafted; those on paper are entered as they are.
create policy drafted on letters as restrictive for insert to dudao_app with check (number is null or on_paper);

-- Numbers come from functions, so that none goes back and none is left out.
revoke insert, update on letter_counters from dudao_app;

-- The letter, kept until the transaction ends; an issued one too, which its policy keeps from `for update`.
create function lock_letter(place integer, letter uuid) returns setof letters
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    return;
  end if;
  return query select l.* from letters l where l.place_id = place and l.id = letter for update;
end
$$;

-- Takes back an issued letter that is locked, or voids the row of one on paper. The number stays taken. Returns the revision.
create function close_letter(place integer, letter uuid, day date, why text, moment timestamptz)
returns table (counted integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  return query
  update letters l set state = 'withdrawn', withdrawn_on = day, reason = why, revision = l.revision + 1, updated_at = moment
   where l.place_id = place and l.id = letter and l.state = 'issued'
  returning l.revision;
end
$$;

-- Takes the next number of a series in the year of the day, behind those that stand already: one that was entered from paper
-- while the first number changed does not stop the series. Whoever comes meanwhile waits for the end of this transaction.
-- Without a number none is given: the last was given on a later day, or no number is left.
create function take_letter_number(place integer, series uuid, day date)
returns table (given integer, newest integer, newest_day date)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_year smallint := extract(year from day)::smallint;
begin
  if in_place(place, null) is not true then
    raise exception 'a series out of reach' using errcode = 'insufficient_privilege';
  end if;
  insert into letter_counters (place_id, series_id, year, first, last, last_issued_on)
  values (place, series, of_year, 1, 0, null)
  on conflict (place_id, series_id, year) do nothing;
  select c.last, c.last_issued_on into newest, newest_day from letter_counters c
   where c.place_id = place and c.series_id = series and c.year = of_year for update;
  -- So many stand behind the last that one more is free.
  select min(n) into given
    from generate_series(newest + 1, newest + 1 + (
      select count(*)::integer from letters l
       where l.place_id = place and l.series_id = series and l.year = of_year and l.number > newest
    )) n
   where not exists (
     select 1 from letters l where l.place_id = place and l.series_id = series and l.year = of_year and l.number = n
   );
  if given > 999999 or newest_day > day then
    given := null;
  else
    newest := given;
    newest_day := day;
    update letter_counters c set last = given, last_issued_on = day
     where c.place_id = place and c.series_id = series and c.year = of_year;
  end if;
  return next;
end
$$;

-- Sets the first number of a year, or changes it while the platform has given none; those on paper lie below it. False where
-- numbers were given, or one on paper is not below it.
create function begin_letter_numbers(place integer, series uuid, of_year smallint, beginning integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a series out of reach' using errcode = 'insufficient_privilege';
  end if;
  if exists (
    select 1 from letters l
     where l.place_id = place and l.series_id = series and l.year = of_year and l.number >= beginning
  ) then
    return false;
  end if;
  insert into letter_counters as c (place_id, series_id, year, first, last, last_issued_on)
  values (place, series, of_year, beginning, beginning - 1, null)
  on conflict (place_id, series_id, year) do update set first = excluded.first, last = excluded.last
   where c.last_issued_on is null;
  return found;
end
$$;

-- The place, other than this one, that uses a 机关代字: in one city a code says who wrote. A unique index across places is
-- not to be had on a distributed table, so whoever opens a series asks here, one after the other for one code.
create function letter_code_place(place integer, asked text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('letter-code ' || asked, 0));
  return (
    select u.short_name from letter_series s join org_units u on u.id = s.place_id
     where s.code = asked and s.place_id <> place order by s.place_id limit 1
  );
end
$$;

-- The texts of issued letters at the places of their addressees, once at each place and by their digest.
create table letter_texts (
  place_id integer not null references org_units,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  model jsonb not null,
  primary key (place_id, digest)
);

insert into letter_texts (place_id, digest, model)
select distinct on (place_id, model_hash) place_id, model_hash, model from letter_receipts
 order by place_id, model_hash, id;

alter table letter_receipts add column signer text;
update letter_receipts set signer = model ->> 'signer';
alter table letter_receipts
  alter column signer set not null,
  drop column model,
  add foreign key (place_id, model_hash) references letter_texts (place_id, digest);

-- No one reads the table itself: a school reads the texts of its own receipts, and not those of its unit.
select police('letter_texts', school => null);

-- The text of a receipt within reach.
create function receipt_text(place integer, receipt uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select t.model from letter_receipts c
      join letter_texts t on t.place_id = c.place_id and t.digest = c.model_hash
     where c.place_id = place and c.id = receipt and in_place(c.place_id, c.school_id)
  );
end
$$;

create or replace function deliver_letter(place integer, letter uuid)
returns table (receipt uuid, receipt_place integer, receipt_school integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  return query
    with texted as (
      insert into letter_texts (place_id, digest, model)
      select distinct on (r.unit_id) r.unit_id, l.model_hash, l.model
        from letters l join letter_recipients r on r.place_id = l.place_id and r.letter_id = l.id
       where l.place_id = place and l.id = letter and l.state = 'issued' and not l.on_paper
       order by r.unit_id
      on conflict do nothing
      returning letter_texts.digest
    )
    insert into letter_receipts (place_id, id, school_id, letter_place_id, letter_id, kind, number_text, title, issued_on,
                                 signer, model_hash, also_found_by)
    select r.unit_id, gen_random_uuid(), r.school_id, l.place_id, l.id, l.kind, l.number_text, l.title, l.issued_on,
           l.model ->> 'signer', l.model_hash, l.also_found_by
      from letters l join letter_recipients r on r.place_id = l.place_id and r.letter_id = l.id
     where l.place_id = place and l.id = letter and l.state = 'issued' and not l.on_paper
     order by r.unit_id, r.school_id nulls first
    on conflict do nothing
    returning letter_receipts.id, letter_receipts.place_id, letter_receipts.school_id;
end
$$;

grant execute on function lock_letter, close_letter, take_letter_number, begin_letter_numbers, letter_code_place, receipt_text
  to dudao_app;
