-- Frameworks (指标体系): editions as data. A published edition is known everywhere and never changes; a draft lies at the city
-- that writes it.

-- Published editions, shipped or completed by the city. A corrected edition is a further revision; a campaign names the hash.
create table framework_editions (
  key text not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 80),
  revision integer not null check (revision >= 1),
  title text not null,
  -- As people name it: 2017, 2017年样本.
  edition text not null,
  authority text not null check (authority in ('official', 'official-partial', 'sample')),
  -- The city that completed it; such an edition is a sample.
  completed_by text check (completed_by is null or authority = 'sample'),
  subject text not null check (subject in ('county', 'school', 'post-holder', 'person', 'city', 'town')),
  -- Titles and numbers of its documents, for the list and its search.
  documents text not null,
  -- Indicators that are judged, and the codes of those whose points or weights nobody knows: with any of them it is not used.
  leaves integer not null check (leaves >= 0),
  open_codes jsonb not null,
  definition jsonb not null,
  -- SHA-256 of the canonical JSON of the definition.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  shipped boolean not null,
  -- The edition that a city's own one was made from.
  based_on jsonb,
  note text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (key, revision)
);

comment on column framework_editions.authority is '@type ''official'' | ''official-partial'' | ''sample''';
comment on column framework_editions.subject is '@type ''county'' | ''school'' | ''post-holder'' | ''person'' | ''city'' | ''town''';
comment on column framework_editions.open_codes is '@type string[]';
comment on column framework_editions.definition is '@type Record<string, unknown>';
comment on column framework_editions.based_on is '@type { key: string; revision: number; hash: string } | null';

-- An edition that is used no more: what was judged by it stays.
create table framework_withdrawals (
  key text not null,
  revision integer not null,
  reason text not null check (length(reason) between 2 and 500),
  withdrawn_at timestamptz not null default now(),
  withdrawn_by text not null,
  primary key (key, revision),
  foreign key (key, revision) references framework_editions
);

-- The facts that a published edition reads. A name is asked once, however many editions and leaves read it.
create table framework_facts (
  key text not null,
  revision integer not null,
  name text not null,
  -- Where it comes from: entered once as a question, the balance, visits, the yearly record, or the subject itself.
  kind text not null check (kind in ('asked', 'balance', 'duty', 'filing', 'attribute')),
  unit text,
  primary key (key, revision, name),
  foreign key (key, revision) references framework_editions
);

comment on column framework_facts.kind is '@type ''asked'' | ''balance'' | ''duty'' | ''filing'' | ''attribute''';

create index framework_facts_by_name on framework_facts (name);

-- A copy of an edition that the city completes or changes until it is published under its own key.
create table framework_drafts (
  place_id integer not null references org_units,
  id uuid not null,
  key text not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 80),
  based_on jsonb not null,
  definition jsonb not null,
  -- Of the definition, for the list.
  title text not null,
  leaves integer not null check (leaves >= 0),
  open_codes jsonb not null,
  -- How often each cell (`C1.points`) was written: two people write side by side, and never over each other.
  versions jsonb not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'discarded')),
  revision integer not null default 1,
  reason text,
  -- The edition that it became.
  published_revision integer,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (place_id, id),
  check (state <> 'published' or published_revision is not null),
  check (state <> 'discarded' or reason is not null)
);

comment on column framework_drafts.based_on is '@type { key: string; revision: number; hash: string }';
comment on column framework_drafts.definition is '@type Record<string, unknown>';
comment on column framework_drafts.open_codes is '@type string[]';
comment on column framework_drafts.versions is '@type Record<string, number>';
comment on column framework_drafts.state is '@type ''draft'' | ''published'' | ''discarded''';

create unique index framework_drafts_standing on framework_drafts (place_id, key) where state = 'draft';

select police('framework_drafts', school => null);

grant select, insert on framework_editions, framework_withdrawals, framework_facts to dudao_app;
grant select, insert, update on framework_drafts to dudao_app;

insert into retention_terms (position, kind, title, covers, years, least_years, removal, basis, sample) values
  (20, 'frameworks', '指标体系', '发布的版本、停用记录、所用的事实名称和草稿', null, 1, 'never',
   '示例：据以评出的结果保管多久，指标体系就保管多久；正式期限以本机关的期限表为准', true);

-- Roles of existing installations get the rights that new ones begin with. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array(
         select one from unnest(given.added) with ordinality as more (one, at) where one <> all (permissions) order by at
       )
  from (values
    ('city-officer', '{framework.read,framework.manage}'::text[]),
    ('section-officer', '{framework.read}'::text[]),
    ('county-director', '{framework.read}'::text[]),
    ('county-officer', '{framework.read}'::text[])
  ) as given (role, added)
 where roles.key = given.role;

select set_config('app.recorded', '', true);
