-- Several changes of a draft can be taken back, one after the other, and made again: what the draft was before each of its
-- last changes, and what it was before each change that was taken back.
alter table framework_drafts
  add column earlier jsonb not null default '[]' check (jsonb_typeof(earlier) = 'array'),
  add column undone jsonb not null default '[]' check (jsonb_typeof(undone) = 'array');

update framework_drafts set earlier = jsonb_build_array(previous) where previous is not null;

alter table framework_drafts drop column previous;

comment on column framework_drafts.earlier is
  '@type { definition: Record<string, unknown>; guesses: string[]; act: string; by: string }[]';
comment on column framework_drafts.undone is
  '@type { definition: Record<string, unknown>; guesses: string[]; act: string; by: string }[]';
