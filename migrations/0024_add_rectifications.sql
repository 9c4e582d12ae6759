-- The rectification ledger (整改台账): findings of every source, one row each, from the moment at which somebody found them to
-- 销号. A finding lies at the county of the body that has to put it right, and at the city's place where that is the city
-- itself or a section of it. It stays there when its school moves, merges or closes. A school reads the findings about it;
-- `school_id` decides the reach and is repeated in every row beside a finding.

-- Kinds of findings, with what usually holds for them. The city edits them; `source` says what a row rests on.
create table finding_kinds (
  key text primary key check (key ~ '^[a-z][a-z-]{1,39}$'),
  name text not null check (length(name) between 2 and 20),
  severity text not null check (severity in ('minor', 'moderate', 'serious', 'urgent')),
  -- Working days from the notice to the day by which it is put right, and from one raising of an overdue one to the next.
  due_days smallint not null check (due_days between 1 and 250),
  escalation_days smallint not null check (escalation_days between 1 and 120),
  source text not null,
  active boolean not null default true,
  sort_order smallint not null default 0,
  revision integer not null default 1
);

create table findings (
  place_id integer not null references org_units,
  id uuid not null,
  -- The school that reads it and, where the duty is a school's, has to put it right. It keeps the number with which the
  -- finding was entered: what became of that school says `school_places`.
  school_id integer,
  -- The school that it is about, for the history.
  about_school_id integer,
  kind text not null references finding_kinds,
  title text not null check (length(title) between 2 and 200),
  body text not null default '' check (length(body) <= 4000),
  where_found text not null default '' check (length(where_found) <= 200),
  severity text not null check (severity in ('minor', 'moderate', 'serious', 'urgent')),
  cause text not null default '' check (length(cause) <= 2000),
  -- A part of a finding with the same cause.
  parent_id uuid,
  duty_type text not null check (duty_type in ('unit', 'section', 'school')),
  duty_unit_id integer references org_units,
  duty_person text not null default '' check (length(duty_person) <= 40),
  -- Who checks: the level that opened it, or one above; a 市直 school lies in a county and is checked by the city.
  opened_by_unit_id integer not null references org_units,
  opened_level text not null check (opened_level in ('city', 'county')),
  managed_by text not null check (managed_by in ('city', 'county')),
  school_year smallint not null check (school_year between 2000 and 2200),
  source_type text not null check (length(source_type) between 1 and 40),
  source_id text not null,
  -- Distinguishes the findings of one source.
  source_key text not null,
  source_label text not null default '' check (length(source_label) <= 200),
  found_on date not null,
  -- The day by which it is put right. Where it was counted, `due_from` and `due_days` say how; it is provisional while the
  -- count passes a year whose holidays are not announced.
  due_on date,
  due_from date,
  due_days smallint,
  due_provisional boolean not null default false,
  -- 整改情况.
  report text not null default '' check (length(report) <= 4000),
  noticed_on date,
  reported_on date,
  checked_on date,
  closed_on date,
  state text not null default 'found' check (state in (
    'found', 'noticed', 'planned', 'done', 'checked', 'closed', 'reopened', 'cancelled'
  )),
  revision integer not null default 1,
  -- It came from a ledger that was kept elsewhere: nobody here signed what happened before.
  imported boolean not null default false,
  entered_by text,
  entered_by_name text not null,
  entered_at timestamptz not null,
  updated_at timestamptz not null,
  also_found_by text not null default '',
  search text not null generated always as (
    lower(normalize(title || ' ' || body || ' ' || where_found || ' ' || duty_person || ' ' || source_label || ' ' || also_found_by, nfkc))
  ) stored,
  primary key (place_id, id),
  unique (place_id, source_type, source_id, source_key),
  foreign key (place_id, parent_id) references findings (place_id, id),
  check (parent_id is distinct from id),
  check ((duty_type = 'school') = (duty_unit_id is null)),
  check (duty_type <> 'school' or school_id is not null),
  check ((due_from is null) = (due_days is null)),
  check (due_on is not null or due_from is null and not due_provisional),
  check ((state = 'closed') = (closed_on is not null)),
  check (state in ('found', 'cancelled') or due_on is not null)
);

create index findings_by_due on findings (place_id, state, due_on, id);
create index findings_by_school on findings (place_id, school_id, state) where school_id is not null;
create index findings_by_year on findings (place_id, school_year);
create index findings_by_kind on findings (place_id, kind, found_on);
create index findings_by_parent on findings (place_id, parent_id) where parent_id is not null;
create index findings_in_danger on findings (place_id, id)
  where severity = 'urgent' and state not in ('closed', 'cancelled');
create index findings_provisional on findings (place_id, id) where due_provisional;
-- A list over many places: what is open stands first, and of it what is due first.
create index findings_in_order on findings ((state in ('closed', 'cancelled')), due_on, place_id, id);

create table finding_measures (
  place_id integer not null references org_units,
  finding_id uuid not null,
  id uuid not null,
  school_id integer,
  position smallint not null check (position between 1 and 50),
  body text not null check (length(body) between 2 and 1000),
  responsible text not null default '' check (length(responsible) <= 40),
  due_on date,
  done_on date,
  primary key (place_id, id),
  unique (place_id, finding_id, position),
  foreign key (place_id, finding_id) references findings (place_id, id)
);

create table finding_extensions (
  place_id integer not null references org_units,
  finding_id uuid not null,
  id uuid not null,
  school_id integer,
  until date not null,
  reason text not null check (length(reason) between 2 and 500),
  asked_by text not null,
  asked_by_name text not null,
  -- Whose duty it was where somebody stood in: one hand does not ask and decide.
  asked_for text,
  asked_at timestamptz not null,
  decision text check (decision in ('granted', 'refused')),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  primary key (place_id, id),
  foreign key (place_id, finding_id) references findings (place_id, id),
  check ((decision is null) = (decided_at is null)),
  check ((decision is null) = (decided_by is null))
);

-- One question at a time, also for two who ask at once.
create unique index finding_extensions_open on finding_extensions (place_id, finding_id) where decided_at is null;
create index finding_extensions_by_finding on finding_extensions (place_id, finding_id, asked_at);

-- What rose to a level by itself: overdue, or in danger with nobody who had acknowledged it. Once for each level, so that
-- the nightly work may run twice; a clock that steps back takes nothing down again.
create table finding_escalations (
  place_id integer not null references org_units,
  finding_id uuid not null,
  because text not null check (because in ('overdue', 'urgent')),
  level text not null check (level in ('county', 'city')),
  school_id integer,
  -- The day that was missed; null for danger.
  due_on date,
  raised_on date not null,
  raised_at timestamptz not null,
  primary key (place_id, finding_id, because, level),
  foreign key (place_id, finding_id) references findings (place_id, id)
);

-- Urgent danger is acknowledged by a person of each level to which it came.
create table finding_acknowledgements (
  place_id integer not null references org_units,
  finding_id uuid not null,
  level text not null check (level in ('county', 'city')),
  school_id integer,
  acknowledged_by text not null,
  acknowledged_by_name text not null,
  post_id uuid,
  stand_in_for text,
  acknowledged_at timestamptz not null,
  primary key (place_id, finding_id, level),
  foreign key (place_id, finding_id) references findings (place_id, id)
);

-- A random tenth of what was closed in a period is proved again by somebody else. The draw can be repeated: the frame is
-- what was closed in the days, in the order of the ids, and its digest, the seed and the version of the order stand here.
create table reproof_draws (
  place_id integer not null references org_units,
  id uuid not null,
  closed_from date not null,
  closed_to date not null,
  -- A county draws of what it opened itself, the city of everything.
  drawn_level text not null check (drawn_level in ('county', 'city')),
  seed text not null,
  frame_size integer not null check (frame_size > 0),
  frame_hash text not null check (frame_hash ~ '^[0-9a-f]{64}$'),
  size integer not null,
  algorithm text not null,
  drawn_by text not null,
  drawn_by_name text not null,
  drawn_at timestamptz not null,
  primary key (place_id, id),
  unique (place_id, closed_from, closed_to, drawn_level),
  check (closed_to >= closed_from),
  check (size between 1 and frame_size)
);

create table reproofs (
  place_id integer not null references org_units,
  draw_id uuid not null,
  finding_id uuid not null,
  position integer not null,
  result text check (result in ('held', 'failed')),
  proved_by text,
  proved_by_name text,
  stand_in_for text,
  proved_at timestamptz,
  note text,
  primary key (place_id, draw_id, finding_id),
  foreign key (place_id, draw_id) references reproof_draws (place_id, id),
  foreign key (place_id, finding_id) references findings (place_id, id),
  check ((result is null) = (proved_at is null)),
  check ((result is null) = (proved_by is null))
);

-- A school moved while findings about it were open: what the county into which it came is told, as it stood on that day.
-- The findings stay with the place that opened them.
create table finding_passes (
  place_id integer not null references org_units,
  id uuid not null,
  origin_place_id integer not null references org_units,
  origin_id uuid not null,
  school_id integer not null,
  title text not null,
  kind text not null references finding_kinds,
  severity text not null,
  state text not null,
  due_on date,
  passed_on date not null,
  primary key (place_id, id),
  unique (place_id, origin_id, passed_on)
);

select police(policed)
  from unnest(array['findings', 'finding_measures', 'finding_extensions', 'finding_escalations',
                    'finding_acknowledgements', 'finding_passes']::regclass[]) as policed;
-- A draw is a matter of those who check: no school reads it.
select police(policed, school => null) from unnest(array['reproof_draws', 'reproofs']::regclass[]) as policed;

grant select, insert, update on findings, finding_kinds, finding_extensions, reproofs to dudao_app;
grant select, insert, update, delete on finding_measures to dudao_app;
grant select, insert on finding_escalations, finding_acknowledgements, reproof_draws, finding_passes to dudao_app;

-- Days and severities are a proposal of the product that each city replaces by its own rules.
insert into finding_kinds (key, name, severity, due_days, escalation_days, sort_order, source) values
  ('safety', '校园安全隐患', 'serious', 10, 3, 1, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('conduct', '规范办学行为', 'moderate', 20, 5, 2, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('facilities', '办学条件不达标', 'moderate', 60, 10, 3, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('staffing', '师资配备不足', 'moderate', 60, 10, 4, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('funding', '经费投入与使用', 'serious', 40, 10, 5, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('teaching', '教育教学管理', 'moderate', 30, 10, 6, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('balance', '均衡发展问题', 'serious', 60, 10, 7, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('data', '数据质量问题', 'minor', 10, 5, 8, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('duty', '政府履职问题', 'serious', 60, 10, 9, '示例：期限为本平台建议值，由各市按本地规定修改'),
  ('other', '其他', 'minor', 20, 10, 10, '示例：期限为本平台建议值，由各市按本地规定修改');

-- The roles of an installation get what belongs to them, beside what the city has given them. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{rectification.read,rectification.enter,rectification.check,rectification.close,rectification.prove,rectification.manage}'::text[]),
    ('section-officer', '{rectification.read,rectification.enter,rectification.plan}'::text[]),
    ('county-director', '{rectification.read,rectification.enter,rectification.plan,rectification.check,rectification.close,rectification.prove}'::text[]),
    ('county-officer', '{rectification.read,rectification.enter,rectification.plan,rectification.check,rectification.prove}'::text[]),
    ('school-head', '{rectification.read,rectification.plan}'::text[]),
    ('school-clerk', '{rectification.read,rectification.plan}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
