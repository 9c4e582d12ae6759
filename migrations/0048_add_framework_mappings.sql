-- Frameworks, second part: drafts that begin with nothing or come in as a workbook, the last change of a draft to be taken
-- back, leaves of one edition mapped to those of another, and the day of an entered fact.

-- A draft may begin with nothing: then there is no edition that it was made from.
alter table framework_drafts alter column based_on drop not null;

-- Leaves whose scoring method was guessed from the words of a workbook, until somebody writes or confirms it.
alter table framework_drafts add column guesses jsonb not null default '[]';
-- The draft before its last change, with what that change was: one change can be taken back while nobody wrote after it.
alter table framework_drafts add column previous jsonb;

comment on column framework_drafts.based_on is '@type { key: string; revision: number; hash: string } | null';
comment on column framework_drafts.guesses is '@type string[]';
comment on column framework_drafts.previous is '@type { definition: Record<string, unknown>; guesses: string[]; act: string; by: string } | null';

-- Which leaf of one edition asks what a leaf of another asks: proposed by code, title and text, corrected by hand. Published
-- editions never change, so a mapping between two revisions stays right.
create table framework_mappings (
  place_id integer not null references org_units,
  id uuid not null,
  from_key text not null,
  from_revision integer not null,
  to_key text not null,
  to_revision integer not null,
  -- Code of the leaf by the code of the leaf that it carries to; a leaf that is mapped to nothing by hand is null.
  pairs jsonb not null,
  revision integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (place_id, id),
  foreign key (from_key, from_revision) references framework_editions,
  foreign key (to_key, to_revision) references framework_editions,
  check (from_key <> to_key or from_revision <> to_revision)
);

comment on column framework_mappings.pairs is '@type Record<string, string | null>';

create unique index framework_mappings_once on framework_mappings (place_id, from_key, from_revision, to_key, to_revision);

select police('framework_mappings', school => null);

grant select, insert, update on framework_mappings to dudao_app;

-- The day on which an entered figure stood, as its document says: not the day on which somebody typed it.
alter table entered_facts add column as_of date;

-- Roles of existing installations get the right to answer questions. The upgrade itself is the record.
select set_config('app.recorded', 'on', true);

update roles
   set permissions = permissions || array['framework.answer']
 where key in ('city-officer', 'county-director', 'county-officer', 'school-head', 'school-clerk')
   and not ('framework.answer' = any (permissions));

select set_config('app.recorded', '', true);
