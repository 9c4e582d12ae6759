import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

/** A post of the program that somebody holds or held at a unit or a school. */
export interface HeldGrant {
  readonly personId: string;
  /** The unit, or the county of the school. */
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly role: string;
  readonly unitName: string;
  /** The day on which it was taken; null while it stands. */
  readonly leftOn: Day | null;
}

/** Posts of some people at units and schools, those that were taken since too. A school's post names the county of today. */
export async function listHeldGrants(
  db: Handle<never, 'grants' | 'roles' | 'org_units' | 'school_places'>,
  personIds: readonly string[],
): Promise<HeldGrant[]> {
  if (personIds.length === 0) return [];
  const found = await sql<HeldGrant>`
    select g.person_id as "personId", u.id as "unitId", g.school_id as "schoolId", r.name as role, u.name as "unitName",
           (g.revoked_at at time zone 'Asia/Shanghai')::date as "leftOn"
      from grants g
      join roles r on r.key = g.role_key
      left join school_places p on p.school_id = g.school_id
      join org_units u on u.id = coalesce(g.unit_id, p.county_id)
     where g.person_id = any(${[...personIds]}::uuid[])
     order by g.granted_at, g.id`.execute(db);
  return found.rows;
}
