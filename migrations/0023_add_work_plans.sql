-- Work plans of a year, from the city's points of work to a county's own plan: items with the units beside them, what
-- fulfils them, and notes; the copies that the city issues to its counties; meetings whose decisions become items.

create table work_plans (
  place_id integer not null references org_units,
  id uuid not null,
  kind text not null check (kind in ('city', 'county', 'section', 'quality-balance')),
  year smallint not null check (year between 2000 and 2200),
  -- Whose plan it is: the unit of the place, or a section below it.
  unit_id integer not null references org_units,
  title text not null check (length(title) between 1 and 120),
  document_number text,
  state text not null default 'draft' check (state in ('draft', 'issued', 'closed', 'cancelled')),
  -- The text that was pasted, as it came.
  source_text text not null default '',
  revision integer not null default 1,
  issued_on date,
  closed_on date,
  -- Why it was cancelled.
  reason text,
  primary key (place_id, id),
  check (state <> 'cancelled' or reason is not null),
  check (state not in ('issued', 'closed') or issued_on is not null)
);

-- One plan of a kind, a year and a unit; one that was cancelled is out of the way.
create unique index work_plans_standing on work_plans (place_id, kind, year, unit_id) where state <> 'cancelled';

-- What the city issued to a county, copied to the county's place on the day of the act: a county cannot read the city's
-- rows. An amendment writes the copy anew and raises its revision.
create table work_item_parts (
  place_id integer not null references org_units,
  id uuid not null,
  plan_place_id integer not null references org_units,
  plan_id uuid not null,
  item_id uuid not null,
  year smallint not null,
  plan_title text not null,
  document_number text,
  position integer not null,
  heading text,
  number text,
  text text not null,
  from_day date,
  to_day date,
  -- Whether the item names this county, or leaves it to the county to join.
  named boolean not null,
  state text not null default 'standing' check (state in ('standing', 'withdrawn')),
  revision integer not null default 1,
  issued_on date not null,
  changed_on date,
  primary key (place_id, id),
  unique (place_id, plan_place_id, item_id)
);

create table meetings (
  place_id integer not null references org_units,
  id uuid not null,
  -- Who called it: another place where this row is the copy of an invited county. The id is the same at both places.
  origin_place_id integer not null references org_units,
  held_on date not null,
  title text not null check (length(title) between 1 and 120),
  agenda text not null default '',
  minutes text not null default '',
  state text not null default 'called' check (state in ('called', 'held', 'cancelled')),
  reason text,
  revision integer not null default 1,
  primary key (place_id, id),
  check (state <> 'cancelled' or reason is not null)
);

-- Who came, at the place of whoever signed in: an invited county signs at its own.
create table meeting_attendees (
  place_id integer not null references org_units,
  meeting_id uuid not null,
  id uuid not null,
  -- Null for somebody without an account, whom a clerk signed in.
  person_id uuid,
  name text not null check (length(name) between 1 and 40),
  unit_id integer not null references org_units,
  signed_at timestamptz not null,
  -- Whoever signed in for somebody else.
  signed_by_name text,
  primary key (place_id, meeting_id, id),
  foreign key (place_id, meeting_id) references meetings,
  unique (place_id, meeting_id, unit_id, name)
);

create table work_items (
  place_id integer not null references org_units,
  plan_id uuid not null,
  id uuid not null,
  position integer not null check (position > 0),
  heading text,
  -- The number of its point; tasks of one point share it.
  number text,
  text text not null check (length(text) between 1 and 2000),
  from_day date,
  to_day date,
  county_reach text not null default 'none' check (county_reach in ('none', 'named', 'open', 'all')),
  -- It is about the schools directly under the city.
  city_managed boolean not null default false,
  state text not null default 'open' check (state in ('open', 'settled', 'withdrawn')),
  -- Why it was added, changed or withdrawn after the plan was issued.
  reason text,
  -- The meeting that decided it.
  meeting_id uuid,
  -- What the city issued and this item carries out.
  part_id uuid,
  primary key (place_id, id),
  foreign key (place_id, plan_id) references work_plans,
  foreign key (place_id, meeting_id) references meetings,
  foreign key (place_id, part_id) references work_item_parts,
  check (to_day >= from_day),
  check (state <> 'withdrawn' or reason is not null)
);

create index work_items_by_plan on work_items (place_id, plan_id, position);

create table work_item_units (
  place_id integer not null references org_units,
  item_id uuid not null,
  position smallint not null,
  part text not null check (part in ('responsible', 'partner', 'named')),
  -- As the plan writes it; `unit_id` is null where no unit of the register is called so.
  written text not null check (length(written) between 1 and 60),
  unit_id integer references org_units,
  primary key (place_id, item_id, position),
  foreign key (place_id, item_id) references work_items on delete cascade
);

-- What fulfils an item: work of a kind, of a period. Its progress is counted from that work.
create table work_item_ties (
  place_id integer not null references org_units,
  item_id uuid not null,
  id uuid not null,
  kind text not null,
  period_id integer not null references periods,
  primary key (place_id, item_id, id),
  foreign key (place_id, item_id) references work_items on delete cascade,
  unique (place_id, item_id, kind, period_id)
);

-- What was done for an item and stands nowhere else.
create table work_item_notes (
  place_id integer not null references org_units,
  id uuid not null,
  item_id uuid not null,
  body text not null check (length(body) between 1 and 2000),
  -- The day that it tells of.
  day date not null,
  -- The item was found fulfilled by it.
  settles boolean not null default false,
  author_id text not null,
  author_name text not null,
  at timestamptz not null,
  primary key (place_id, id),
  foreign key (place_id, item_id) references work_items
);

create index work_item_notes_by_item on work_item_notes (place_id, item_id, at);

select police(policed, school => null)
  from unnest(array[
    'work_plans', 'work_item_parts', 'meetings', 'meeting_attendees', 'work_items', 'work_item_units', 'work_item_ties',
    'work_item_notes']::regclass[]) as policed;

grant select, insert, update on work_plans, work_item_parts, meetings, work_items to dudao_app;
grant select, insert on meeting_attendees, work_item_notes to dudao_app;
grant select, insert, delete on work_item_units, work_item_ties to dudao_app;
-- The items of a draft go with its next text.
grant delete on work_items to dudao_app;

-- Roles of existing installations get the rights that new ones begin with.
update roles
   set permissions = roles.permissions || added.permissions
  from (values
    ('city-officer', array['work-plan.read', 'work-plan.write', 'work-plan.issue', 'work-plan.note']),
    ('section-officer', array['work-plan.read', 'work-plan.note']),
    ('county-director', array['work-plan.read', 'work-plan.write', 'work-plan.issue', 'work-plan.note']),
    ('county-officer', array['work-plan.read', 'work-plan.write', 'work-plan.note'])
  ) added (key, permissions)
 where roles.key = added.key and not roles.permissions && added.permissions;
