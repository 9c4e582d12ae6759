-- Official letters (公文): series of numbers, letters on their way from draft to issue, and what their addressees have received.
-- A letter lies at the unit that writes it. An addressee cannot read another place's rows, so the act of issuing copies the
-- letter, dated, to the place of each addressee.

-- 机关代字: whose letters are counted together in a year. A kind narrows which letters a series takes; it gives no second
-- sequence of the same code.
create table letter_series (
  place_id integer not null references org_units,
  id uuid not null,
  -- 示政教督
  code text not null check (length(code) between 1 and 30),
  -- Null: letters of every kind.
  kind text,
  -- 发文机关标志, 发文机关署名 and 印发机关 of its letters.
  head text not null check (length(head) between 1 and 60),
  signer text not null check (length(signer) between 1 and 60),
  printed_by text not null check (length(printed_by) between 1 and 60),
  active boolean not null default true,
  revision integer not null default 1,
  primary key (place_id, id)
);

create unique index letter_series_once on letter_series (place_id, code);

-- The last number of a series in a year. The row is locked by whoever takes the next one.
create table letter_counters (
  place_id integer not null references org_units,
  series_id uuid not null,
  year smallint not null check (year between 1949 and 2999),
  -- The first number that the platform gives; those before it were used on paper.
  first integer not null default 1 check (first between 1 and 999999),
  last integer not null check (last between 0 and 999999),
  last_issued_on date,
  primary key (place_id, series_id, year),
  foreign key (place_id, series_id) references letter_series (place_id, id),
  check (last >= first - 1)
);

create table letters (
  place_id integer not null references org_units,
  id uuid not null,
  -- Null until its unit has a series.
  series_id uuid,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  title text not null check (length(title) between 1 and 200),
  -- The letter as it is printed (domain/letter). From the issue on it never changes, and its digest proves it. Null: it was
  -- issued on paper.
  model jsonb,
  model_hash text check (model_hash ~ '^[0-9a-f]{64}$'),
  state text not null default 'draft' check (state in (
    'draft', 'submitted', 'checked', 'signed', 'issued', 'withdrawn', 'cancelled'
  )),
  revision integer not null default 1,
  -- Only those who check, sign and issue read it, and whoever drafted it.
  restricted boolean not null default false,
  on_paper boolean not null default false,
  year smallint,
  number integer,
  -- 示政教督〔2026〕12号, as it is printed.
  number_text text,
  -- 成文日期: the day of the last signature.
  signed_on date,
  -- 印发日期: the day on which it got its number.
  issued_on date,
  withdrawn_on date,
  -- Why it was withdrawn or cancelled.
  reason text,
  -- The letter that it answers.
  reply_to_place_id integer references org_units,
  reply_to_id uuid,
  -- What asked for it, once; null where a person drafted it.
  source_type text check (length(source_type) between 1 and 40),
  source_id text,
  source_label text not null default '' check (length(source_label) <= 200),
  drafted_by text not null,
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  -- Whoever wrote or edited the text, and those for whom they stood in: none of them checks or signs it.
  written_by text[] not null default '{}',
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (
    lower(normalize(title || ' ' || coalesce(number_text, '') || ' ' || also_found_by, nfkc))
  ) stored,
  primary key (place_id, id),
  unique (place_id, series_id, year, number),
  -- What is printed, so that no number stands on two letters whatever its series.
  unique (place_id, number_text),
  unique (place_id, source_type, source_id),
  foreign key (place_id, series_id) references letter_series (place_id, id),
  check ((number is null) = (year is null) and (number is null) = (number_text is null)),
  check ((state in ('issued', 'withdrawn')) = (number is not null)),
  check (on_paper or signed_on is not null or state not in ('signed', 'issued', 'withdrawn')),
  check (number is null or series_id is not null and issued_on is not null),
  check (on_paper = (model is null)),
  check (on_paper or (model_hash is not null) = (number is not null)),
  check ((state = 'withdrawn') = (withdrawn_on is not null)),
  check (state not in ('withdrawn', 'cancelled') or reason is not null),
  check ((reply_to_place_id is null) = (reply_to_id is null)),
  check ((source_type is null) = (source_id is null))
);

create index letters_in_order on letters (place_id, state, updated_at desc, id);
create index letters_by_issue on letters (place_id, issued_on desc, number desc) where number is not null;

-- The addressees of the register who receive it here. The words of 主送 and 抄送 stand in the letter.
create table letter_recipients (
  place_id integer not null references org_units,
  letter_id uuid not null,
  id uuid not null,
  -- The city or the county-level unit at which the receipt lies.
  unit_id integer not null references org_units,
  school_id integer,
  position smallint not null,
  -- Copied from the receipt when it was received.
  received_at timestamptz,
  received_by_name text,
  primary key (place_id, id),
  foreign key (place_id, letter_id) references letters (place_id, id),
  check ((received_at is null) = (received_by_name is null))
);

create unique index letter_recipients_once on letter_recipients (place_id, letter_id, unit_id, school_id) nulls not distinct;

-- What a letter is about: findings of the ledger, a run, a visit.
create table letter_ties (
  place_id integer not null references org_units,
  letter_id uuid not null,
  subject_type text not null check (length(subject_type) between 1 and 40),
  subject_place_id integer not null references org_units,
  subject_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  primary key (place_id, letter_id, subject_type, subject_id),
  foreign key (place_id, letter_id) references letters (place_id, id)
);

create index letter_ties_by_subject on letter_ties (place_id, subject_type, subject_id);

-- The frozen files of an issued letter.
create table letter_prints (
  place_id integer not null references org_units,
  letter_id uuid not null,
  format text not null check (format in ('pdf', 'word')),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  attachment_id uuid not null,
  printed_at timestamptz not null,
  primary key (place_id, letter_id, format),
  foreign key (place_id, letter_id) references letters (place_id, id)
);

-- Fonts that were not there when the PDF was printed, and what stands in for them.
create table letter_print_fonts (
  place_id integer not null references org_units,
  letter_id uuid not null,
  wanted text not null,
  used text not null,
  primary key (place_id, letter_id, wanted),
  foreign key (place_id, letter_id) references letters (place_id, id)
);

-- A letter at the place of its addressee, as it was issued.
create table letter_receipts (
  place_id integer not null references org_units,
  id uuid not null,
  school_id integer,
  letter_place_id integer not null references org_units,
  letter_id uuid not null,
  kind text not null,
  number_text text not null,
  title text not null,
  issued_on date not null,
  model jsonb not null,
  model_hash text not null,
  withdrawn_on date,
  reason text,
  received_by text,
  received_by_name text,
  received_at timestamptz,
  also_found_by text not null default '',
  search text not null generated always as (
    lower(normalize(title || ' ' || number_text || ' ' || also_found_by, nfkc))
  ) stored,
  primary key (place_id, id),
  check ((received_at is null) = (received_by is null)),
  check ((received_at is null) = (received_by_name is null)),
  check ((withdrawn_on is null) = (reason is null))
);

create unique index letter_receipts_once on letter_receipts (place_id, letter_place_id, letter_id, school_id) nulls not distinct;
create index letter_receipts_in_order on letter_receipts (place_id, issued_on desc, id);
create index letter_receipts_waiting on letter_receipts (place_id, issued_on) where received_at is null and withdrawn_on is null;

select police(policed, school => null)
  from unnest(array['letter_series', 'letter_counters', 'letters', 'letter_recipients', 'letter_ties', 'letter_prints',
                    'letter_print_fonts']::regclass[]) as policed;
select police('letter_receipts');

grant select, insert, update on letter_series, letter_counters, letters, letter_recipients to dudao_app;
grant delete on letter_recipients to dudao_app;
grant select, insert on letter_ties, letter_prints, letter_print_fonts to dudao_app;
grant select on letter_receipts to dudao_app;

-- Copies an issued letter to its addressees, also to places that its writer does not reach: a county writes to its city.
-- Everything comes from the letter itself, so nobody delivers what was not issued.
create function deliver_letter(place integer, letter uuid)
returns table (receipt uuid, receipt_place integer, receipt_school integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  return query
    insert into letter_receipts (place_id, id, school_id, letter_place_id, letter_id, kind, number_text, title, issued_on,
                                 model, model_hash, also_found_by)
    select r.unit_id, gen_random_uuid(), r.school_id, l.place_id, l.id, l.kind, l.number_text, l.title, l.issued_on,
           l.model, l.model_hash, l.also_found_by
      from letters l join letter_recipients r on r.place_id = l.place_id and r.letter_id = l.id
     where l.place_id = place and l.id = letter and l.state = 'issued' and not l.on_paper
     order by r.unit_id, r.school_id nulls first
    on conflict do nothing
    returning letter_receipts.id, letter_receipts.place_id, letter_receipts.school_id;
end
$$;

-- Marks the copies of a letter that was withdrawn.
create function withdraw_letter(place integer, letter uuid)
returns table (receipt uuid, receipt_place integer, receipt_school integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_place(place, null) is not true then
    raise exception 'a letter out of reach' using errcode = 'insufficient_privilege';
  end if;
  return query
    update letter_receipts c set withdrawn_on = l.withdrawn_on, reason = l.reason
      from letters l
     where l.place_id = place and l.id = letter and l.state = 'withdrawn'
       and c.letter_place_id = place and c.letter_id = letter and c.withdrawn_on is null
    returning c.id, c.place_id, c.school_id;
end
$$;

-- Receives a letter within reach once, and tells its writer's place. False where somebody was first or it was withdrawn.
create function receive_letter(place integer, receipt uuid, person text, person_name text, moment timestamptz)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  received letter_receipts;
begin
  select c.* into received from letter_receipts c
   where c.place_id = place and c.id = receipt and c.received_at is null and c.withdrawn_on is null
     and in_place(c.place_id, c.school_id)
     for update;
  if not found then
    return false;
  end if;
  update letter_receipts c set received_by = person, received_by_name = person_name, received_at = moment
   where c.place_id = place and c.id = receipt;
  update letter_recipients r set received_at = moment, received_by_name = person_name
   where r.place_id = received.letter_place_id and r.letter_id = received.letter_id
     and r.unit_id = received.place_id and r.school_id is not distinct from received.school_id;
  return true;
end
$$;

grant execute on function deliver_letter, withdraw_letter, receive_letter to dudao_app;

-- The roles of an installation get what belongs to them, beside what the city has given them. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{letter.read,letter.draft,letter.check,letter.sign,letter.issue,letter.receive,letter.manage}'::text[]),
    ('section-officer', '{letter.read,letter.draft,letter.check,letter.issue,letter.receive}'::text[]),
    ('county-director', '{letter.read,letter.draft,letter.check,letter.sign,letter.issue,letter.receive,letter.manage}'::text[]),
    ('county-officer', '{letter.read,letter.draft,letter.check,letter.issue,letter.receive}'::text[]),
    ('school-head', '{letter.receive}'::text[]),
    ('school-clerk', '{letter.receive}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
