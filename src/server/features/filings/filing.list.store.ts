import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { FieldSection } from '#domain/filing/catalogue.ts';
import type { FilingState } from '#domain/filing/flow.ts';
import { limited, ofUnit, orderBy, type Page, pageOf, patternsOf } from '#platform/db/listing.ts';
import type { CollectionRow } from './collection/collection.store.ts';
import {
  accountColumns,
  contentColumns,
  type FilingHandle,
  type FilingRow,
  type FullFiling,
  filingColumns,
  filingTables,
  within,
} from './filing.store.ts';

export interface FilingFilter {
  readonly year?: number | undefined;
  readonly unitId?: number | undefined;
  readonly state?: FilingState | readonly FilingState[] | undefined;
  readonly mark?: string | undefined;
  readonly level?: FieldSection | undefined;
  readonly managedBy?: 'county' | 'city' | undefined;
  readonly doubts?: boolean | undefined;
  readonly search?: string | undefined;
}

export interface FilingPage extends FilingFilter {
  readonly page: number;
  readonly pageSize: number;
  readonly sort?: string | undefined;
}

/** What a page is taken from. A list is of one collection, which is looked up before: the page is read from `filings` alone. */
export interface Asked {
  readonly collection: Pick<CollectionRow, 'id' | 'deadline'>;
  readonly filter: FilingPage;
  /** Decides what is overdue. */
  readonly today: string;
  /** Narrows to these 办学类型; null does not. */
  readonly schoolTypes?: readonly string[] | null;
}

/** What a filter narrows a list to. */
function matching(scope: Scope, { collection, filter, today, schoolTypes = null }: Asked) {
  const conditions = [within(scope), sql<SqlBool>`f.collection_id = ${collection.id} and f.owes`];
  // A school has one filing a year, wherever it lay when the year was opened: no unit narrows its list.
  if (filter.unitId !== undefined && scope.schools === null) {
    conditions.push(ofUnit(sql`f.place_id`, filter.unitId, scope.places));
  }
  if (filter.state !== undefined) {
    conditions.push(sql<SqlBool>`f.state = any(${[filter.state].flat()}::text[])`);
  }
  if (filter.managedBy !== undefined) conditions.push(sql<SqlBool>`f.managed_by = ${filter.managedBy}`);
  if (filter.doubts) conditions.push(sql<SqlBool>`(f.soft_findings > 0 or f.hard_findings > f.required - f.filled)`);
  if (filter.search) {
    const { anywhere } = patternsOf(filter.search);
    conditions.push(
      sql<SqlBool>`(f.name ilike ${anywhere} or f.code like ${anywhere} or f.initials like ${anywhere.toLowerCase()})`,
    );
  }
  if (schoolTypes) conditions.push(sql<SqlBool>`f.school_type = any(${[...schoolTypes]}::text[])`);
  return sql.join([...conditions, ...marked(filter.mark, collection.deadline, today)], sql` and `);
}

/** The marks of a list that the state alone does not tell. `today` is China's calendar day. */
function marked(mark: string | undefined, deadline: string, today: string) {
  const waiting = sql<SqlBool>`f.state = 'draft'`;
  switch (mark) {
    case 'owed':
    case 'to-fill':
      return [waiting];
    case 'overdue':
      return [
        waiting,
        sql<SqlBool>`greatest(${deadline}::date, f.deadline_extension) < ${today}::date and f.submitted_at is null`,
      ];
    case 'late':
      return [sql<SqlBool>`f.late`];
    case 'returned':
      return [waiting, sql<SqlBool>`f.returned_at is not null`];
    case 'changed':
      return [sql<SqlBool>`f.changed_fields > 0`];
    case 'untouched':
      return [waiting, sql<SqlBool>`f.filled = 0 and f.submitted_at is null`];
    case 'to-review':
      return [sql<SqlBool>`f.state = 'submitted'`];
    default:
      return [];
  }
}

const sortColumns = {
  name: sql`f.name`,
  code: sql`f.code`,
  state: sql`array_position(array['draft', 'submitted', 'approved', 'accepted'], f.state)`,
  submittedAt: sql`f.submitted_at`,
  updatedAt: sql`f.updated_at`,
  findings: sql`f.hard_findings + f.soft_findings`,
  filled: sql`f.filled::float8 / nullif(f.required, 0)`,
};

const ordered = (sort: string | undefined) => orderBy(sort, sortColumns, 'name', sql`f.code`);

async function countFilings(db: FilingHandle, scope: Scope, question: Asked): Promise<number> {
  const found = await sql<{ total: number }>`
    select count(*) as total from filings f where ${matching(scope, question)}`.execute(db);
  return found.rows[0]!.total;
}

export interface ListedFiling extends FilingRow {
  readonly total: number;
  readonly reminders: number;
  readonly lastReminderAt: Date | null;
}

/** One page of the list with the number of all matches, in one statement: what stands beside a row is asked for the page. */
export async function listFilings(db: FilingHandle, scope: Scope, question: Asked): Promise<Page<ListedFiling>> {
  const { filter } = question;
  const found = await sql<ListedFiling>`
    with page as materialized (
      select f.place_id, f.id from filings f where ${matching(scope, question)}
       order by ${ordered(filter.sort)} ${limited(filter)}
    ), reminded as (
      select r.county_id, r.filing_id, count(*) as reminders, max(r.sent_at) as last
        from page join reminder_standings r on r.county_id = page.place_id and r.filing_id = page.id
       group by r.county_id, r.filing_id
    )
    select ${filingColumns}, ${accountColumns},
           (select count(*) from filings f where ${matching(scope, question)}) as total,
           coalesce(reminded.reminders, 0) as reminders, reminded.last as "lastReminderAt"
      from page
      join ${filingTables} on f.place_id = page.place_id and f.id = page.id
      left join reminded on reminded.county_id = f.place_id and reminded.filing_id = f.id
     order by ${ordered(filter.sort)}`.execute(db);
  return pageOf(found.rows, filter, () => countFilings(db, scope, question));
}

/** Filings with their content, for grid, export and template: schools by name. */
export async function readFilings(
  db: FilingHandle,
  scope: Scope,
  question: Asked,
): Promise<Page<FullFiling & { total: number }>> {
  const { filter } = question;
  const found = await sql<FullFiling & { total: number }>`
    select ${filingColumns}, ${accountColumns}, ${contentColumns},
           (select count(*) from filings f where ${matching(scope, question)}) as total
      from ${filingTables}
     where ${matching(scope, question)}
     order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  return pageOf(found.rows, filter, () => countFilings(db, scope, question));
}

/** 办学类型 of all matches, whatever the page: the columns of a grid are the same on each. */
export async function listSchoolTypes(db: FilingHandle, scope: Scope, question: Asked): Promise<string[]> {
  const found = await sql<{ schoolType: string }>`
    select distinct f.school_type as "schoolType" from filings f where ${matching(scope, question)}`.execute(db);
  return found.rows.map((row) => row.schoolType);
}
