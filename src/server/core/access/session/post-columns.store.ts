const ofChosenPost = `
  left join roles r on r.key = h.role_key and h.chosen
  left join school_places sp on sp.school_id = h.school_id and h.chosen`;

/**
 * The posts of a person, as one lateral join of the look-up. They are the person's own grants, and the grants for which
 * the person stands in on this day by the real clock ($2). `chosen` is true for the post at work, whose row comes
 * first. `by` is the condition that chooses a post, over `held.grant_id` and `held.stand_in_id`.
 */
export function heldPosts(by: string): string {
  return `
  left join lateral (
    select held.*, count(*) over ()::int as posts, coalesce(${by}, false) as chosen
      from (
        select g.id as grant_id, null::uuid as stand_in_id, null::uuid as principal_id, null::text as principal_name,
               g.role_key, g.unit_id, g.school_id, g.section_id
          from grants g where g.person_id = p.id and g.revoked_at is null
        union all
        select g.id, i.id, q.id, q.name, g.role_key, g.unit_id, g.school_id, g.section_id
          from stand_ins i
          join grants g on g.id = i.grant_id and g.revoked_at is null
          join people q on q.id = g.person_id and q.status = 'active'
         where i.person_id = p.id and ${standsInAt('$2')}
      ) held
     order by chosen desc
     limit 1
  ) h on true ${ofChosenPost}`;
}

/**
 * The same for a request that names an own post ($3), as almost every request does. The post is found by its number,
 * without reading the person's other posts.
 */
export function ownPost(): string {
  return `
  left join (
    select g.id as grant_id, null::uuid as stand_in_id, null::uuid as principal_id, null::text as principal_name,
           g.role_key, g.unit_id, g.school_id, g.section_id, g.person_id, 1 as posts, true as chosen
      from grants g where g.id = $3::uuid and g.revoked_at is null
  ) h on h.person_id = p.id ${ofChosenPost}`;
}

/** Whether an arrangement `i` of standing in is current at a moment. Days are China's. */
export function standsInAt(moment: string): string {
  return `i.ended_at is null and i.valid_from <= ${moment}::timestamptz
    and ${moment}::timestamptz < (i.until + 1)::timestamp at time zone 'Asia/Shanghai'`;
}

/** Schools that an inspector reaches on the day of $2: assigned one by one, or with their whole unit. */
const assignedSchools = `
  select x.school_id from assignments s
    join school_places x on x.school_id = s.school_id or x.county_id = s.unit_id
   where s.grant_id = h.grant_id and s.ended_at is null
     and ($2::timestamptz at time zone 'Asia/Shanghai')::date between s.valid_from and coalesce(s.valid_to, 'infinity')`;

/** The school of a school's post, and those that were merged into it, however many mergers ago. */
const schoolAndMerged = `
  with recursive merged as (
    select sp.school_id
    union
    select x.school_id from merged m join school_places x on x.into_school_id = m.school_id
  ) select school_id from merged`;

/**
 * Role, place and reach of the chosen post. The counties of a city are looked up, not stored twice. A school also
 * reaches the counties to which it belonged before, because its filings stayed there; so do the inspectors of the
 * school. It reads what the schools filed that were merged into it; the flow lets only a filing's own school act. The
 * policies show a school only these rows among the schools' filings. It sees the rows of a county as a whole (balance
 * runs) in each of these counties.
 */
export const postColumns = `
  coalesce(h.posts, 0) as posts,
  case when h.chosen then h.grant_id end as "grantId", case when h.chosen then h.stand_in_id end as "standInId",
  case when h.chosen then h.principal_id end as "principalId",
  case when h.chosen then h.principal_name end as "principalName",
  r.key as role, r.reach, r.permissions, coalesce(sp.county_id, case when h.chosen then h.unit_id end) as "unitId",
  sp.school_id as "schoolId", case when h.chosen then h.section_id end as "sectionId",
  case
    when r.reach = 'school' then array(
      select distinct unnest(x.county_id || x.former_counties) from school_places x
       where x.school_id in (${schoolAndMerged}) order by 1)
    when r.reach = 'schools' then array(
      select distinct unnest(x.county_id || x.former_counties) from school_places x
       where x.school_id in (${assignedSchools}) order by 1)
    when r.reach in ('city', 'county') then (select coalesce(array_agg(c.id order by c.id), '{}') from org_units c
           where c.kind in ('city', 'county') and (c.id = h.unit_id or c.parent_id = h.unit_id))
  end as places,
  case
    when r.reach = 'school' then array(${schoolAndMerged})
    when r.reach = 'schools' then array(select distinct school_id from (${assignedSchools}) s order by 1)
  end as schools,
  case when r.reach = 'campaign' then array(
    select distinct s.campaign_id from assignments s
     where s.grant_id = h.grant_id and s.campaign_id is not null and s.ended_at is null
       and ($2::timestamptz at time zone 'Asia/Shanghai')::date between s.valid_from and coalesce(s.valid_to, 'infinity')
     order by 1) end as campaigns`;
