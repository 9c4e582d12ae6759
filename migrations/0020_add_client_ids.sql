-- Ids that a desk mints before a row is sent, so that a row kept on a device and sent twice is stored once. A growing table
-- is unique in its place alone; this one makes such ids unique everywhere. It is keyed, and where the database is
-- distributed kept, by the id.
create table client_ids (
  id uuid primary key,
  person_id uuid not null references people,
  -- What the id stands for, such as `finding`: an id is used for one thing.
  used_for text not null check (length(used_for) between 1 and 60),
  created_at timestamptz not null default now()
);

create index client_ids_by_person on client_ids (person_id);

grant select, insert on client_ids to dudao_app;
