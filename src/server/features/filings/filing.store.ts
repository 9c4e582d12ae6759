import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import type { Cell } from '#domain/filing/cells.ts';
import type { FilingState } from '#domain/filing/state.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import type { Handle } from '#platform/db/handle.ts';

/** The feature's own tables, the shared tables of the core, then the published views of other features. */
export type FilingHandle = Handle<
  'collections' | 'collection_subjects' | 'filings',
  | 'periods'
  | 'period_schools'
  | 'steps'
  | 'comments'
  | 'notices'
  | 'notice_deliveries'
  | 'imports'
  | 'org_units'
  | 'school_accounts'
  | 'reminder_standings'
  | 'school_standings'
  | 'approved_filing_values'
  | 'track_standings'
  | 'schools'
  | 'school_versions'
  | 'school_places'
  | 'audit_events'
  | 'people'
  | 'grants'
  | 'roles'
>;

/** A filing with the school as it was when the collection opened, without its cells. */
export interface FilingRow {
  readonly type: 'filing';
  /** The place of the filing: the county that asked for it. */
  readonly placeId: number;
  readonly countyName: string;
  readonly id: string;
  readonly collectionId: number;
  readonly periodId: number;
  readonly schoolYear: number;
  readonly periodName: string;
  readonly periodState: string;
  /** The day on which its school year was archived; null while it takes writes. */
  readonly archivedOn: string | null;
  readonly edition: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly graceDays: number;
  readonly schoolId: number;
  /** 学校标识码; null where none had been given when the collection opened. */
  readonly code: string | null;
  readonly name: string;
  /** What the school is called now; null where that is its name here. Lists and the filing itself read it. */
  readonly presentName?: string | null;
  readonly schoolType: string;
  readonly ownership: Ownership;
  readonly urbanClass: UrbanClass;
  /** The day on which the school was added to a list that was fixed before; null for the list itself. */
  readonly addedOn: string | null;
  readonly managingUnitId: number;
  /** Who reviews: the county of location, or the city for a 市直 school. */
  readonly managedBy: ManagingLevel;
  /**
   * Why the school was taken off the list of the collection; null where the filing counts. Empty where the list let it go
   * while a lock was waited for.
   */
  readonly released: string | null;
  /** Whether the school has people who sign, and people who only submit; null: neither. */
  readonly accounts: { readonly head: boolean; readonly clerk: boolean } | null;
  readonly state: FilingState;
  readonly revision: number;
  readonly openFields: string[] | null;
  readonly returnReason: string | null;
  readonly returnedAt: Date | null;
  readonly extension: string | null;
  /** China's calendar day of the first submission that holds. */
  readonly firstSubmittedOn: string | null;
  readonly filled: number;
  readonly required: number;
  readonly hardFindings: number;
  readonly softFindings: number;
  /** Doubts that still want an explanation. */
  readonly openDoubts: number;
  readonly changedFields: number | null;
  /** Who has checked it and leaves it to whoever approves; null while nobody has. */
  readonly checkedAt: Date | null;
  readonly checkedBy: string | null;
  readonly checkNote: string | null;
  readonly contentHash: string | null;
  readonly submittedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly updatedAt: Date;
}

export interface FilingContent {
  readonly cells: Record<string, Cell>;
  readonly reference: Record<string, CellValue>;
  readonly approved: Record<string, CellValue> | null;
  readonly peers: Record<string, { median: number; schools: number }>;
}

export type FullFiling = FilingRow & FilingContent;

/** Columns of a filing that acts on it change. */
export const standingColumns = sql`
  f.id, f.state, f.revision, f.open_fields as "openFields", f.return_reason as "returnReason",
  f.returned_at as "returnedAt", f.deadline_extension as extension, f.first_submitted_on as "firstSubmittedOn",
  f.changed_fields as "changedFields", f.checked_at as "checkedAt", f.checked_by as "checkedBy",
  f.check_note as "checkNote",
  f.content_hash as "contentHash", f.submitted_at as "submittedAt", f.approved_at as "approvedAt",
  f.accepted_at as "acceptedAt", f.updated_at as "updatedAt"`;

/** Why the list has let the school of a filing go. */
export const releaseReason = sql<string>`
  coalesce((select s.reason from collection_subjects s
    where s.place_id = f.place_id and s.collection_id = f.collection_id and s.subject_type = f.subject_type
      and s.subject_id = f.subject_id), '')`;

/** Columns of a filing with its collection and its school in the register; names as in `FilingRow`. */
export const filingColumns = sql`
  'filing' as type, f.place_id as "placeId", u.name as "countyName", f.collection_id as "collectionId",
  c.period_id as "periodId", p.year as "schoolYear", c.name as "periodName", c.state as "periodState",
  p.archived_on as "archivedOn",
  c.catalogue_edition as edition, c.opens_on as "opensOn", c.deadline, c.grace_days as "graceDays",
  f.school_id as "schoolId", f.code, f.name, f.school_type as "schoolType", ps.ownership,
  ps.urban_class as "urbanClass", ps.added_on as "addedOn", f.managing_unit_id as "managingUnitId",
  f.managed_by as "managedBy", case when not f.owes then ${releaseReason} end as released, f.filled, f.required,
  f.hard_findings as "hardFindings", f.soft_findings as "softFindings", f.open_doubts as "openDoubts", ${standingColumns}`;

export const contentColumns = sql`f.cells, f.reference, f.approved, f.peers`;

/**
 * By the register: a filing keeps the name that its school had when the year was opened. Nearly every school is still in
 * the county that asked, so one look by its key is enough; only for one that is not there its county is looked up.
 */
export const presentName = sql`
  nullif(coalesce(
    (select s.name from schools s where s.county_id = f.place_id and s.id = f.school_id),
    (select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
      where sp.school_id = f.school_id)
  ), f.name) as "presentName"`;

export const filingTables = sql`
  filings f
  join collections c on c.id = f.collection_id and c.state <> 'cancelled'
  join periods p on p.id = c.period_id
  join period_schools ps
    on ps.county_id = f.place_id and ps.period_id = c.period_id and ps.school_id = f.school_id
  join org_units u on u.id = f.place_id`;

/**
 * From the published view; one sub-select, so that `for update` may stand beside it and the view is asked once. By the
 * school alone: its accounts move with it, its filing stays with the county that asked for it.
 */
export const accountColumns = sql`
  (select jsonb_build_object('head', a.has_head, 'clerk', a.has_clerk)
     from school_accounts a where a.school_id = f.school_id) as accounts`;

/**
 * The places that a person may reach, as a condition. This is the first access check; the row policies are the second.
 */
export function within(scope: Scope) {
  const [only, ...more] = scope.places;
  const place =
    only !== undefined && more.length === 0
      ? sql<SqlBool>`f.place_id = ${only}`
      : sql<SqlBool>`f.place_id = any(${[...scope.places]}::int[])`;
  return scope.schools === null ? place : sql<SqlBool>`${place} and f.school_id = any(${[...scope.schools]}::int[])`;
}

/** One filing whole, counted or not, or undefined when it does not exist or lies elsewhere. */
export async function findFiling(db: FilingHandle, scope: Scope, id: string): Promise<FullFiling | undefined> {
  const found = await sql<{ filing: FilingJson }>`
    select to_json(x) as filing
      from (
        select ${filingColumns}, ${presentName}, ${accountColumns}, ${contentColumns}
          from ${filingTables}
         where f.id = ${id} and ${within(scope)}
      ) x`.execute(db);
  return found.rows[0] && readFiling(found.rows[0].filing);
}

/**
 * A whole filing travels as one value: the driver describes and reads each of some fifty columns anew for every row, which
 * took more of the server's time than a save has to spare. JSON has no moments, so they come as text.
 */
type FilingJson = Omit<FullFiling, Moment> & {
  readonly [Key in Moment]: null extends FilingRow[Key] ? string | null : string;
};
type Moment = { [Key in keyof FilingRow]-?: Date extends FilingRow[Key] ? Key : never }[keyof FilingRow];

function readFiling(filing: FilingJson): FullFiling {
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...filing,
    returnedAt: moment(filing.returnedAt),
    checkedAt: moment(filing.checkedAt),
    submittedAt: moment(filing.submittedAt),
    approvedAt: moment(filing.approvedAt),
    acceptedAt: moment(filing.acceptedAt),
    updatedAt: new Date(filing.updatedAt),
  };
}

/**
 * The filings with these ids, locked until the transaction ends, place by place and always in the order of their ids: two
 * people who act on overlapping sets wait for each other and never deadlock. One that a list has let go, before or while
 * its lock was waited for, comes with `released`. One of an archived year cannot be locked and is read as it stands: nobody
 * can change it.
 */
export async function lockFilings(db: FilingHandle, scope: Scope, ids: readonly string[]): Promise<FullFiling[]> {
  const locked: FullFiling[] = [];
  const { tables, named } = namedFilings(ids);
  const read = async (place: number, locking: RawBuilder<unknown>) => {
    const found = await sql<{ filing: FilingJson }>`
      select to_json(x) as filing
        from (
          select ${filingColumns}, ${accountColumns}, ${contentColumns}
            from ${tables}
           where f.place_id = ${place} and ${named} and ${within(scope)}
           order by f.id
             ${locking}
        ) x`.execute(db);
    return found.rows.map(({ filing }) => readFiling(filing));
  };
  const lying = await placesOf(db, scope, ids);
  for (const place of lying) locked.push(...(await read(place, sql`for update of f`)));
  if (locked.length === new Set(ids).size) return locked;
  for (const place of lying) {
    locked.push(...(await read(place, sql``)).filter(({ archivedOn }) => archivedOn !== null));
  }
  return locked;
}

/**
 * The filings with these ids, each looked up by its own key. Of a list PostgreSQL would read the whole county, above all
 * before a new year has statistics. One id is compared as such, because then one plan serves every save.
 */
function namedFilings(ids: readonly string[]) {
  const [only, ...more] = new Set(ids);
  return only !== undefined && more.length === 0
    ? { tables: filingTables, named: sql<SqlBool>`f.id = ${only}` }
    : {
        tables: sql`unnest(${[...new Set(ids)]}::uuid[]) as wanted(id) join ${filingTables} on f.id = wanted.id`,
        named: sql<SqlBool>`true`,
      };
}

/** The places in which the filings lie, in order; a person with only one place needs no query. */
async function placesOf(db: FilingHandle, scope: Scope, ids: readonly string[]): Promise<readonly number[]> {
  if (scope.places.length <= 1) return scope.places;
  const found = await sql<{ place: number }>`
    select distinct f.place_id as place from filings f
     where f.id = any(${[...ids]}::uuid[]) and ${within(scope)} order by place`.execute(db);
  return found.rows.map(({ place }) => place);
}

/** The audit row of an act on one filing. */
export function recordOf(
  filing: Pick<FilingRow, 'id' | 'placeId' | 'schoolId'>,
  action: string,
  what: Pick<AuditEntry, 'fields' | 'before' | 'after'>,
): AuditEntry {
  const { id, placeId, schoolId } = filing;
  return { action, objectType: 'filing', objectId: id, placeId, schoolId, ...what };
}
