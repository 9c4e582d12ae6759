-- The register of inspectors (督学名册) with its pool of experts: who they are, their way from the form to the appointment, their
-- terms, posts and papers, and what keeps them away from a subject. A row lies at the unit that keeps the inspector: the city, or
-- a county. Whoever has an account reads the own row and fills the own form, also from another place: `person_id` is repeated in
-- every row beside an inspector, so that a policy needs no other table.

create table inspectors (
  place_id integer not null references org_units,
  id uuid not null,
  -- The account, where there is one.
  person_id uuid,
  kind text not null check (kind in ('full-time', 'specially-invited', 'responsible', 'expert')),
  name text not null check (length(name) between 1 and 40),
  sex text check (sex in ('male', 'female')),
  birth_year smallint check (birth_year between 1900 and 2100),
  -- Where the inspector works: as written, and by the register where it is known there.
  employer text not null default '' check (length(employer) <= 100),
  employer_unit_id integer references org_units,
  employer_school_id integer,
  post text not null default '' check (length(post) <= 60),
  degree text check (degree in ('college', 'bachelor', 'master', 'doctor')),
  professional_title text not null default '' check (length(professional_title) <= 60),
  -- Years in the management, teaching or research of education.
  education_years smallint check (education_years between 0 and 70),
  stages text[] not null default '{}' check (stages <@ '{preschool,primary,junior,senior,special}'::text[]),
  subjects text not null default '' check (length(subjects) <= 200),
  certificate_number text check (length(certificate_number) between 1 and 40),
  phone text not null default '' check (length(phone) <= 20),
  -- What the public may call or write to.
  public_contact text not null default '' check (length(public_contact) <= 100),
  profile text not null default '' check (length(profile) <= 2000),
  -- Who recommends.
  recommended_by text not null default '' check (length(recommended_by) <= 100),
  -- Some requirements no figure answers: a person looked and says whether one is met, by the key of the requirement.
  statements jsonb not null default '{}',
  -- The day on which the inspector filled the own form.
  filled_on date,
  state text not null default 'draft' check (state in (
    'draft', 'recommended', 'reviewed', 'confirmed', 'publicised', 'serving', 'ended', 'withdrawn'
  )),
  public_notice_from date,
  public_notice_to date check (public_notice_to >= public_notice_from),
  appointed_on date,
  ended_on date,
  -- Why the inspector left, or the appointment was given up.
  reason text,
  revision integer not null default 1,
  -- It came from a list that was kept elsewhere: nobody here signed what happened before.
  imported boolean not null default false,
  entered_by_name text not null,
  entered_at timestamptz not null,
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (
    lower(normalize(name || ' ' || employer || ' ' || post || ' ' || subjects || ' ' || coalesce(certificate_number, '') || ' '
                    || also_found_by, nfkc))
  ) stored,
  primary key (place_id, id),
  check (employer_unit_id is null or employer_school_id is null),
  check (state not in ('ended', 'withdrawn') or reason is not null),
  check (state <> 'publicised' or public_notice_to is not null),
  check (state not in ('serving', 'ended') or appointed_on is not null)
);

comment on column inspectors.statements is '@type Readonly<Record<string, { readonly met: boolean; readonly basis: string }>>';

create unique index inspectors_by_certificate on inspectors (place_id, certificate_number)
  where certificate_number is not null and state <> 'withdrawn';
create index inspectors_by_state on inspectors (place_id, state, kind);
create index inspectors_by_person on inspectors (person_id) where person_id is not null;

-- Terms of office, the newest last. A term without an end is that of a full-time inspector.
create table inspector_terms (
  place_id integer not null references org_units,
  inspector_id uuid not null,
  id uuid not null,
  person_id uuid,
  from_day date not null,
  to_day date check (to_day >= from_day),
  document_number text check (length(document_number) between 1 and 60),
  -- The day on which it ended early, and why a term beyond the rule was given.
  ended_on date,
  reason text,
  -- The letter of appointment that was drafted for it.
  letter_id uuid,
  primary key (place_id, id),
  foreign key (place_id, inspector_id) references inspectors
);

create unique index inspector_terms_by_day on inspector_terms (place_id, inspector_id, from_day);

-- Posts that the inspector held before, with the day of leaving where it is known.
create table inspector_posts (
  place_id integer not null references org_units,
  inspector_id uuid not null,
  id uuid not null,
  person_id uuid,
  position smallint not null check (position between 1 and 40),
  employer text not null check (length(employer) between 1 and 100),
  employer_unit_id integer references org_units,
  employer_school_id integer,
  post text not null default '' check (length(post) <= 60),
  from_day date,
  left_on date check (left_on >= from_day),
  primary key (place_id, id),
  foreign key (place_id, inspector_id) references inspectors,
  check (employer_unit_id is null or employer_school_id is null)
);

create unique index inspector_posts_by_inspector on inspector_posts (place_id, inspector_id, position);

-- What keeps an inspector away from a subject, sealed: the screen shows it to whoever keeps the register at the place, to that
-- of the city, and to the inspector. Nobody has a name here; of a child at a school stands the school and the fact alone.
create table inspector_relations (
  place_id integer not null references org_units,
  inspector_id uuid not null,
  id uuid not null,
  person_id uuid,
  position smallint not null check (position between 1 and 40),
  relative text not null check (relative in ('self', 'spouse', 'parent', 'child', 'other')),
  tie text not null check (tie in ('heads', 'works', 'studies', 'conflict')),
  employer text not null check (length(employer) between 1 and 100),
  employer_unit_id integer references org_units,
  employer_school_id integer,
  post text not null default '' check (length(post) <= 60),
  note text not null default '' check (length(note) <= 200),
  until_day date,
  primary key (place_id, id),
  foreign key (place_id, inspector_id) references inspectors,
  check (employer_unit_id is null or employer_school_id is null),
  check (tie <> 'studies' or post = '' and note = '' and employer_school_id is not null),
  check (relative <> 'child' or note = '')
);

create unique index inspector_relations_by_inspector on inspector_relations (place_id, inspector_id, position);

-- The plan and the summary of each half of a school year, with the day on which they were due and came.
create table inspector_papers (
  place_id integer not null references org_units,
  inspector_id uuid not null,
  id uuid not null,
  person_id uuid,
  paper text not null check (paper in ('plan', 'summary')),
  school_year smallint not null check (school_year between 2000 and 2200),
  half text not null check (half in ('autumn', 'spring')),
  due_on date not null,
  handed_on date not null,
  body text not null default '' check (length(body) <= 8000),
  handed_by text not null,
  handed_by_name text not null,
  primary key (place_id, id),
  unique (place_id, inspector_id, paper, school_year, half),
  foreign key (place_id, inspector_id) references inspectors
);

select police(policed, school => null)
  from unnest(array['inspectors', 'inspector_terms', 'inspector_posts', 'inspector_relations',
                    'inspector_papers']::regclass[]) as policed;

-- Whoever is the inspector reads the own rows, wherever they lie.
alter policy reading on inspectors using (in_place(place_id, null) or of_person(person_id));
alter policy reading on inspector_terms using (in_place(place_id, null) or of_person(person_id));
alter policy reading on inspector_posts using (in_place(place_id, null) or of_person(person_id));
alter policy reading on inspector_relations using (in_place(place_id, null) or of_person(person_id));
alter policy reading on inspector_papers using (in_place(place_id, null) or of_person(person_id));

-- The own form is filled while it is a draft, and stays one: only the office moves it on.
alter policy changing on inspectors
  using (in_place(place_id, null) or of_person(person_id) and state = 'draft')
  with check (in_place(place_id, null) or of_person(person_id) and state = 'draft');
alter policy adding on inspector_posts with check (in_place(place_id, null) or of_person(person_id));
alter policy removing on inspector_posts using (in_place(place_id, null) or of_person(person_id));
alter policy adding on inspector_relations with check (in_place(place_id, null) or of_person(person_id));
alter policy removing on inspector_relations using (in_place(place_id, null) or of_person(person_id));
alter policy adding on inspector_papers with check (in_place(place_id, null) or of_person(person_id));

grant select, insert, update on inspectors, inspector_terms, inspector_papers to dudao_app;
grant select, insert, update, delete on inspector_posts, inspector_relations to dudao_app;

-- On which subjects files of a kind hang: while the kind is held, they stay. A kind that comes later says it in its own row.
alter table retention_terms add column subjects text[] not null default '{}';

update retention_terms t set subjects = s.subjects
  from (values ('filings', '{filing}'::text[]), ('findings', '{finding}'), ('letters', '{letter,letter-receipt}'),
               ('plans', '{work-item-note}')) as s (kind, subjects)
 where t.kind = s.kind;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample, subjects)
  select max(position) + 1, 'inspectors', '督学名册', '督学和专家的登记表、任期、任职经历、回避事项、学期计划和总结', null, 1, 'never',
         '示例：聘任和督导回避的依据材料，正式期限以本机关的期限表为准', true, '{inspector}'
    from retention_terms;

-- As before; which files stay is asked of the terms.
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
  return query
  select a.place_id, a.id, a.school_id, a.subject_type, a.subject_id, a.name, a.purpose, a.keep_until, a.file_hash
    from attachments a where a.keep_until <= last_day and a.removed_at = now();
end
$$;

-- The roles of an installation get what belongs to them, beside what the city has given them. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{inspector.read,inspector.write,inspector.review,inspector.appoint}'::text[]),
    ('section-officer', '{inspector.read}'::text[]),
    ('county-director', '{inspector.read,inspector.write,inspector.review,inspector.appoint}'::text[]),
    ('county-officer', '{inspector.read,inspector.write}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
