-- Two units that hold an inspection together both sign its letters (会签): a letter names the unit that signs beside the one that
-- writes it, and gets no number before that unit has signed or was taken out with a reason.
alter table letters
  add column cosigner_unit_id integer references org_units,
  add column cosigned_by_name text,
  add column cosigned_at timestamptz,
  add column cosigner_dropped text check (length(cosigner_dropped) between 1 and 500),
  add constraint letters_cosigned check ((cosigned_at is null) = (cosigned_by_name is null)),
  add constraint letters_cosigner check (cosigner_unit_id is not null or cosigned_at is null and cosigner_dropped is null),
  add constraint letters_by_both check (
    number is null or cosigner_unit_id is null or cosigned_at is not null or cosigner_dropped is not null
  );

-- Where in a piece of evidence the proof of a leaf stands: a page, and a rectangle of it as shares of its width and height (left,
-- top, width, height), at which the preview opens.
alter table evidence_links
  add column page integer check (page between 1 and 99999),
  add column region numeric[] check (
    cardinality(region) = 4 and region[1] >= 0 and region[2] >= 0 and region[3] > 0 and region[4] > 0
    and region[1] + region[3] <= 1 and region[2] + region[4] <= 1
  ),
  add constraint evidence_links_region check (region is null or page is not null);

-- The copies of a draft of a framework to which its changes are taken back and made again, one a row: in the row of the draft
-- each cell would write all of them anew.
create table framework_draft_copies (
  place_id integer not null references org_units,
  draft_id uuid not null,
  -- Whether it is the draft before a change that was taken back.
  undone boolean not null,
  -- In the order of the changes.
  position integer not null check (position >= 1),
  definition jsonb not null,
  guesses jsonb not null,
  act text not null,
  by_name text not null,
  primary key (place_id, draft_id, undone, position),
  foreign key (place_id, draft_id) references framework_drafts
);

comment on column framework_draft_copies.definition is '@type Record<string, unknown>';
comment on column framework_draft_copies.guesses is '@type string[]';

select police('framework_draft_copies', school => null);
grant select, insert, delete on framework_draft_copies to dudao_app;

insert into framework_draft_copies (place_id, draft_id, undone, position, definition, guesses, act, by_name)
select d.place_id, d.id, kept.undone, kept.position, kept.one -> 'definition', kept.one -> 'guesses', kept.one ->> 'act', kept.one ->> 'by'
  from framework_drafts d, lateral (
    select false as undone, e.position, e.one from jsonb_array_elements(d.earlier) with ordinality as e (one, position)
    union all
    select true, u.position, u.one from jsonb_array_elements(d.undone) with ordinality as u (one, position)
  ) kept;

alter table framework_drafts drop column earlier, drop column undone;
