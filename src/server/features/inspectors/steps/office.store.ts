import { sql } from 'kysely';
import type { OfficePost } from '#domain/inspection/hands.ts';
import type { InspectorHandle } from '../inspector.store.ts';

/** Who works at a unit, and at the city above it, each with the permissions of the posts there. */
export async function findOffice(
  db: InspectorHandle,
  placeId: number,
): Promise<{ readonly own: OfficePost[]; readonly above: OfficePost[] }> {
  const found = await sql<OfficePost & { isOwn: boolean }>`
    select p.id as "personId", p.name, g.unit_id = u.id as "isOwn",
           array(select distinct one from unnest(array_agg(r.permissions)) one) as permissions
      from org_units u
      join grants g on g.revoked_at is null and g.school_id is null and g.unit_id in (u.id, u.parent_id)
      join roles r on r.key = g.role_key
      join people p on p.id = g.person_id and p.status = 'active'
      left join org_units c on c.id = g.unit_id
     where u.id = ${placeId} and (g.unit_id = u.id or c.kind = 'city')
     group by p.id, p.name, g.unit_id, u.id
     order by p.name, p.id`.execute(db);
  const of = (wanted: boolean) => found.rows.flatMap(({ isOwn, ...one }) => (isOwn === wanted ? [one] : []));
  return { own: of(true), above: of(false) };
}
