import { sql } from 'kysely';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import type { ListedPerson } from '#domain/access/people-list.ts';
import type { KnownData, KnownPerson, KnownRole } from '#domain/access/post-list.ts';
import { suggestedUsername } from '#domain/access/post-list.ts';
import type { KnownSchool, KnownSection, KnownUnit } from '#domain/access/post-place.ts';
import { sectionKinds } from '#domain/access/separation.ts';

/** A list as it is compared: what is read of the database depends on what the lines name. */
type Line = Pick<ListedPerson, 'name' | 'phone' | 'username'>;

/**
 * Everything with which a list of people is compared, in six statements for any number of lines.
 * @param initials pinyin initials by name: of them the usernames of new accounts are made
 */
export async function findKnownData(
  db: AccessHandle,
  lines: readonly Line[],
  initials: ReadonlyMap<string, string>,
): Promise<KnownData> {
  const roles = await sql<KnownRole>`
    select key, name, reach, separated, second_factor as "secondFactor", permissions
      from roles order by sort_order`.execute(db);
  const units = await sql<KnownUnit>`
    select id, kind, name, short_name as "shortName", unit_code as code
      from org_units where kind in ('city', 'county') order by kind, sort_order`.execute(db);
  const sections = await sql<KnownSection>`
    select id, name, short_name as "shortName", place_id as "placeId"
      from org_units where kind in (${sql.join([...sectionKinds])}) and active order by sort_order, id`.execute(db);
  const schools = await sql<KnownSchool>`
    select id, name, code, county_id as "countyId" from schools where status = 'open' order by id`.execute(db);
  const names = [...new Set(lines.map(({ name }) => name))];
  const usernames = [...new Set(lines.map(({ username }) => username).filter((name) => name !== ''))];
  const people = await sql<KnownPerson>`
    select p.id, p.username, p.name, p.phone, p.status,
           coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'separated', r.separated, 'unitId', g.unit_id,
                                                         'schoolId', g.school_id,
                                                         'sectionId', g.section_id) order by r.key, g.id)
                       from grants g join roles r on r.key = g.role_key
                      where g.person_id = p.id and g.revoked_at is null), '[]') as posts
      from people p where p.name = any(${names}::text[]) or p.username = any(${usernames}::text[])
     order by p.username`.execute(db);
  const wanted = new Set(lines.map(({ name, phone }) => suggestedUsername(initials.get(name) ?? '', phone)));
  const taken = await sql<{ username: string }>`
    select username from people
     where username = any(${usernames}::text[]) or regexp_replace(username, '-[0-9]+$', '') = any(${[...wanted]}::text[])
     order by username`.execute(db);
  return {
    roles: roles.rows,
    units: units.rows,
    sections: sections.rows,
    schools: schools.rows,
    people: people.rows,
    taken: new Set(taken.rows.map(({ username }) => username)),
  };
}
