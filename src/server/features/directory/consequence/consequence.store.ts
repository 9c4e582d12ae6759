import { sql } from 'kysely';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { Handle } from '#platform/db/handle.ts';
import type { DirectoryHandle } from '../directory.store.ts';

/** The directory and what it reads of filings and of the ledger: what hangs on a school or a unit before it ends. */
export type ConsequenceHandle = DirectoryHandle & Handle<never, 'open_filings' | 'ledger_findings'>;

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

/** What is open in the ledger and has to be put right by a school. */
export interface OpenFindings {
  readonly schoolId: number;
  readonly open: number;
  /** Some of them. */
  readonly titles: readonly string[];
  /** The level that acts for the school when it has ended. */
  readonly managedBy: ManagingLevel;
}

const titlesNamed = 5;

/** The open findings of these schools and of those that were merged into them, counted, with the newest titles. */
export async function listOpenFindings(
  db: ConsequenceHandle,
  places: readonly number[],
  schoolIds: readonly number[],
): Promise<OpenFindings[]> {
  const found = await sql<OpenFindings>`
    select host.id as "schoolId", count(*)::int as open, min(f.managed_by) as "managedBy",
           (array_agg(f.title order by f.found_on desc, f.finding_id))[1:${sql.lit(titlesNamed)}] as titles
      from unnest(${[...schoolIds]}::int[]) as host(id)
      join ledger_findings f on f.school_id = any(merged_schools(host.id))
     where f.place_id = any(${[...places]}::int[])
       and f.duty_type = 'school' and f.state not in ('closed', 'cancelled')
     group by host.id`.execute(db);
  return found.rows;
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
