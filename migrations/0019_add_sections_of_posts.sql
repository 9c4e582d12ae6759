-- The 科室, 部门 or 直属单位 in which a post works: below the unit of the post, or none. One role at one unit may be held in
-- several sections, each as a post of its own.
alter table grants
  add column section_id integer references org_units,
  add check (section_id is null or unit_id is not null);

drop index grants_active;
create unique index grants_active on grants (person_id, role_key, unit_id, school_id, section_id) nulls not distinct
  where revoked_at is null;
create index grants_by_section on grants (section_id) where revoked_at is null and section_id is not null;

-- A list of people may name the section of each post that it proposes.
alter table post_set_lines
  add column section_id integer references org_units,
  add check (section_id is null or unit_id is not null);
