import { sql } from 'kysely';
import type { FilingHandle } from '../filing.store.ts';

export interface SchoolContact {
  readonly schoolId: number;
  readonly name: string;
  readonly phone: string | null;
}

/** Whom to call at each of these schools: somebody who files there, first whoever has a telephone. */
export async function listSchoolContacts(
  db: FilingHandle,
  schoolIds: readonly number[],
): Promise<Map<number, SchoolContact>> {
  const found = await sql<SchoolContact>`
    select distinct on (g.school_id) g.school_id as "schoolId", p.name, p.phone
      from grants g
      join roles r on r.key = g.role_key and 'filing.submit' = any(r.permissions)
      join people p on p.id = g.person_id and p.status = 'active'
     where g.school_id = any(${[...schoolIds]}::int[]) and g.revoked_at is null
     order by g.school_id, p.phone is null, 'filing.sign' = any(r.permissions), p.name, p.id`.execute(db);
  return new Map(found.rows.map((row) => [row.schoolId, row]));
}
