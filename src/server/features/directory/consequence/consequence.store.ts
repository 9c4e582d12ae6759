import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import type { DirectoryHandle } from '../directory.store.ts';

/** The directory and what it reads of filings: what hangs on a school or a unit before it ends. */
export type ConsequenceHandle = DirectoryHandle & Handle<never, 'open_filings'>;

/** A filing of a year that is open now. */
export interface OpenFiling {
  readonly schoolId: number;
  readonly countyId: number;
  readonly countyName: string;
  readonly schoolYear: number;
  readonly state: string;
  /** Its figures are or were approved: they count although the school ends. */
  readonly kept: boolean;
  readonly pupils: number | null;
}

/** The filings of these schools in the years that are open, by school and year. */
export async function listOpenFilings(db: ConsequenceHandle, schoolIds: readonly number[]): Promise<OpenFiling[]> {
  const found = await sql<OpenFiling>`
    select f.school_id as "schoolId", f.county_id as "countyId", u.name as "countyName", f.year as "schoolYear",
           f.state, f.kept, f.pupils
      from open_filings f
      join org_units u on u.id = f.county_id
     where f.school_id = any(${[...schoolIds]}::int[])
     order by f.year desc, u.sort_order, f.school_id`.execute(db);
  return found.rows;
}

/** The filings of the open years that lie in a unit and that nobody has approved. */
export async function countUndecidedFilings(db: ConsequenceHandle, unitId: number): Promise<number> {
  const found = await sql<{ filings: number }>`
    select count(*)::int as filings from open_filings f
     where f.county_id = ${unitId} and f.state in ('draft', 'submitted')`.execute(db);
  return found.rows[0]!.filings;
}

/** The people with an active account and a post at these schools, by school and name. */
export async function listAccounts(db: ConsequenceHandle, schoolIds: readonly number[]) {
  const found = await sql<{ schoolId: number; name: string; roleName: string }>`
    select g.school_id as "schoolId", p.name, r.name as "roleName"
      from grants g
      join people p on p.id = g.person_id and p.status = 'active'
      join roles r on r.key = g.role_key
     where g.school_id = any(${[...schoolIds]}::int[]) and g.revoked_at is null
     order by g.school_id, r.sort_order, p.name, p.username`.execute(db);
  return found.rows;
}
