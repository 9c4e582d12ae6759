-- One search everywhere: what a person types is compared with one text of the row, folded as the typed text is: full width and
-- compatibility forms in their ordinary form, letters small. The program makes pinyin, PostgreSQL cannot: `also_found_by` holds
-- the pinyin of the names, and for a school its former names with theirs. Null means that it is still to be made: an act that
-- writes a name makes it, and a start makes what is missing.
alter table schools
  add column former_names text[] not null default '{}',
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || coalesce(code, '') || ' ' || initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

alter table people
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || username || ' ' || initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

alter table org_units
  add column also_found_by text,
  add column search text not null generated always as (
    lower(normalize(name || ' ' || short_name || ' ' || coalesce(unit_code, '') || ' ' || coalesce(gb_code, '') || ' ' ||
                    initials || ' ' || coalesce(also_found_by, ''), nfkc))
  ) stored;

-- Names are sorted by the pinyin of each character and then by its strokes, also where the database itself sorts otherwise.
drop index filings_by_name;
create index filings_by_name on filings (collection_id, name collate "zh-x-icu", code, place_id, id)
  include (school_id, owes);
