import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { type Asked, matching } from '../filing.list.store.ts';
import { type FilingHandle, type FilingRow, filingColumns, filingTables } from '../filing.store.ts';

/** Only a draft that the school owes is reminded of. */
const owing = sql<SqlBool>`f.owes and f.state = 'draft'`;
/** A returned filing was submitted once: "all who have not filed" leaves it to its own return. */
const unfiled = sql<SqlBool>`f.submitted_at is null`;

/** The filings of a selection that a reminder can reach: those that were never submitted, or the chosen drafts; by id. */
export async function findRemindable(
  db: FilingHandle,
  scope: Scope,
  question: Asked,
  filingIds: readonly string[] | undefined,
): Promise<FilingRow[]> {
  const which = filingIds === undefined ? unfiled : sql<SqlBool>`f.id = any(${[...filingIds]}::uuid[])`;
  const found = await sql<FilingRow>`
    select ${filingColumns}, null as accounts
      from ${filingTables}
     where ${matching(scope, question)} and ${owing} and ${which}
     order by f.id`.execute(db);
  return found.rows;
}

/** Schools that the same people may remind. */
export interface RemindableGroup {
  readonly placeId: number;
  /** One of the schools; all of them where the person reaches single schools, because then each is a group. */
  readonly schoolId: number;
  readonly managedBy: ManagingLevel;
  readonly unitId: number;
  readonly unitName: string;
  readonly schools: number;
}

/** The numbers of those that `findRemindable` finds, in the order of the units that review. */
export async function countRemindable(db: FilingHandle, scope: Scope, question: Asked): Promise<RemindableGroup[]> {
  const single = scope.schools === null ? sql`` : sql`, f.school_id`;
  const found = await sql<RemindableGroup>`
    select f.place_id as "placeId", min(f.school_id) as "schoolId", f.managed_by as "managedBy", u.id as "unitId",
           u.name as "unitName", count(*) as schools
      from filings f
      join org_units u on u.id = f.managing_unit_id
     where ${matching(scope, question)} and ${owing} and ${unfiled}
     group by f.place_id, f.managed_by, u.id ${single}
     order by u.sort_order, u.id`.execute(db);
  return found.rows;
}
