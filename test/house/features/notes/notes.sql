-- A text of a school that its county approves.
create table notes (
  place_id integer not null references org_units,
  id uuid not null,
  school_id integer not null,
  body text not null,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'approved')),
  revision integer not null default 1,
  primary key (place_id, id)
);
select police('notes', school => 'school_id');
grant select, insert, update on notes to dudao_app;
