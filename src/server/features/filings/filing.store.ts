import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { CellValue, FieldSection } from '#domain/filing/catalogue.ts';
import type { Cell } from '#domain/filing/cells.ts';
import type { FilingState } from '#domain/filing/flow.ts';
import type { Handle } from '#platform/db/handle.ts';

/** Own tables, then what others publish. */
export type FilingHandle = Handle<
  'periods' | 'period_schools' | 'filings' | 'filing_steps' | 'filing_comments' | 'filing_reminders' | 'filing_imports',
  'org_units' | 'school_accounts' | 'schools' | 'school_versions' | 'settings' | 'audit_events'
>;

/** A filing with the school as it was when the period opened, without its cells. */
export interface FilingRow {
  readonly countyId: number;
  readonly countyName: string;
  readonly id: string;
  readonly periodId: number;
  readonly schoolYear: number;
  readonly periodName: string;
  readonly periodState: string;
  readonly edition: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly graceDays: number;
  /** The reference date of a sample; null in a real installation, where today is today. */
  readonly referenceDate: string | null;
  readonly schoolId: number;
  readonly code: string;
  readonly name: string;
  readonly schoolType: string;
  readonly ownership: 'public' | 'private';
  readonly urbanClass: 'urban' | 'town' | 'rural';
  readonly managingUnitId: number;
  /** Whether the school has a head and a clerk of its own; null: neither. */
  readonly accounts: { readonly head: boolean; readonly clerk: boolean } | null;
  readonly state: FilingState;
  readonly revision: number;
  readonly openFields: string[] | null;
  readonly returnReason: string | null;
  readonly returnedAt: Date | null;
  readonly extension: string | null;
  readonly late: boolean;
  readonly filled: number;
  readonly required: number;
  readonly hardFindings: number;
  readonly softFindings: number;
  readonly changedFields: number | null;
  readonly contentHash: string | null;
  readonly submittedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly updatedAt: Date;
  readonly untouched: boolean;
}

export interface FilingContent {
  readonly cells: Record<string, Cell>;
  readonly reference: Record<string, CellValue>;
  readonly approved: Record<string, CellValue> | null;
  readonly peers: Record<string, { median: number; schools: number }>;
}

export type FullFiling = FilingRow & FilingContent;

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

/** Columns of a filing joined with its frozen school and its period; names as in `FilingRow`. */
export const filingColumns = sql`
  f.county_id as "countyId", u.name as "countyName", f.id, f.period_id as "periodId", p.school_year as "schoolYear",
  p.name as "periodName", p.state as "periodState", p.catalogue_edition as edition, p.opens_on as "opensOn", p.deadline,
  p.grace_days as "graceDays", (select value #>> '{}' from settings where key = 'reference-date') as "referenceDate",
  f.school_id as "schoolId", ps.code, ps.name, ps.school_type as "schoolType", ps.ownership,
  ps.urban_class as "urbanClass", f.managing_unit_id as "managingUnitId", f.state, f.revision,
  f.open_fields as "openFields", f.return_reason as "returnReason", f.returned_at as "returnedAt",
  f.deadline_extension as extension, f.late, f.filled, f.required, f.hard_findings as "hardFindings",
  f.soft_findings as "softFindings", f.changed_fields as "changedFields", f.content_hash as "contentHash",
  f.submitted_at as "submittedAt", f.approved_at as "approvedAt", f.accepted_at as "acceptedAt",
  f.updated_at as "updatedAt", f.filled = 0 and f.submitted_at is null as untouched`;

const contentColumns = sql`f.cells, f.reference, f.approved, f.peers`;

export const filingTables = sql`
  filings f
  join period_schools ps
    on ps.county_id = f.county_id and ps.period_id = f.period_id and ps.school_id = f.school_id and ps.owes
  join periods p on p.id = f.period_id
  join org_units u on u.id = f.county_id`;

/**
 * From the published view; one sub-select, so that `for update` may stand beside it and the view is asked once. By the
 * school alone: its accounts move with it, its filing stays with the county that asked for it.
 */
const accountColumns = sql`
  (select jsonb_build_object('head', a.has_head, 'clerk', a.has_clerk)
     from school_accounts a where a.school_id = f.school_id) as accounts`;

/** The place that a person may reach, as a condition: the first wall. The row policies are the second. */
export function within(scope: Scope) {
  const place = sql<SqlBool>`f.county_id = any(${[...scope.counties]}::int[])`;
  return scope.schoolId === null ? place : sql<SqlBool>`${place} and f.school_id = ${scope.schoolId}`;
}

/** One filing whole, or undefined when it does not exist or lies elsewhere. */
export async function readFiling(db: FilingHandle, scope: Scope, id: string): Promise<FullFiling | undefined> {
  const found = await sql<FullFiling>`
    select ${filingColumns}, ${accountColumns}, ${contentColumns}
      from ${filingTables}
     where f.id = ${id} and ${within(scope)}`.execute(db);
  return found.rows[0];
}

/**
 * The filings with these ids, locked until the transaction ends, always in the order of their ids: two people who act on
 * overlapping sets wait for each other and never deadlock.
 */
export async function lockFilings(db: FilingHandle, scope: Scope, ids: readonly string[]): Promise<FullFiling[]> {
  const found = await sql<FullFiling>`
    select ${filingColumns}, ${accountColumns}, ${contentColumns}
      from ${filingTables}
     where f.id = any(${[...ids]}::uuid[]) and ${within(scope)}
     order by f.id
       for update of f`.execute(db);
  return found.rows;
}

/** What a filter narrows a list to. Where no school year is named it is the one that is meant on that day. */
function matching(scope: Scope, filter: FilingFilter, today: string) {
  const conditions = [
    within(scope),
    filter.year === undefined
      ? sql<SqlBool>`f.period_id = default_period(${today}::date)`
      : sql<SqlBool>`f.period_id = (select id from periods where school_year = ${filter.year})`,
  ];
  // A school has one filing a year, wherever it lay when the year was opened: no unit narrows its list.
  if (filter.unitId !== undefined && scope.schoolId === null) {
    conditions.push(
      sql<SqlBool>`(f.county_id = ${filter.unitId}
        or exists (select 1 from org_units where id = ${filter.unitId} and admin_level <> 'county'))`,
    );
  }
  if (filter.state !== undefined) {
    conditions.push(sql<SqlBool>`f.state = any(${[filter.state].flat()}::text[])`);
  }
  if (filter.managedBy !== undefined) {
    conditions.push(
      filter.managedBy === 'county'
        ? sql<SqlBool>`f.managing_unit_id = f.county_id`
        : sql<SqlBool>`f.managing_unit_id <> f.county_id`,
    );
  }
  if (filter.doubts) conditions.push(sql<SqlBool>`(f.soft_findings > 0 or f.hard_findings > f.required - f.filled)`);
  if (filter.search) {
    const text = `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      sql<SqlBool>`(ps.name ilike ${text} or ps.code like ${text} or ps.initials like ${text.toLowerCase()})`,
    );
  }
  return conditions;
}

/** The marks of a list that the state alone does not tell. `today` is China's calendar day. */
export function marked(mark: string | undefined, today: string) {
  const waiting = sql<SqlBool>`f.state = 'draft'`;
  switch (mark) {
    case 'owed':
    case 'to-fill':
      return [waiting];
    case 'overdue':
      return [
        waiting,
        sql<SqlBool>`greatest(p.deadline, f.deadline_extension) < ${today}::date and f.submitted_at is null`,
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

const sortColumns: Readonly<Record<string, ReturnType<typeof sql>>> = {
  name: sql`ps.name`,
  code: sql`ps.code`,
  state: sql`array_position(array['draft', 'submitted', 'approved', 'accepted'], f.state)`,
  submittedAt: sql`f.submitted_at`,
  updatedAt: sql`f.updated_at`,
  findings: sql`f.hard_findings + f.soft_findings`,
  filled: sql`f.filled::float8 / nullif(f.required, 0)`,
};

/** `-name` sorts downwards; an unknown column sorts by name. The code settles equal rows, so that pages do not overlap. */
function ordered(sort: string | undefined) {
  const down = sort?.startsWith('-') ?? false;
  const name = down ? sort!.slice(1) : (sort ?? 'name');
  const column = sortColumns[Object.hasOwn(sortColumns, name) ? name : 'name']!;
  return down ? sql`${column} desc nulls last, ps.code` : sql`${column} asc nulls last, ps.code`;
}

export interface ListedFiling extends FilingRow {
  readonly total: number;
  readonly reminders: number;
  readonly lastReminderAt: Date | null;
}

/** What a page is taken from. */
export interface Asked {
  readonly filter: FilingPage;
  /** China's calendar day: decides what is overdue, and which school year is meant where none is named. */
  readonly today: string;
  /** Narrows to these 办学类型; null does not. */
  readonly schoolTypes?: readonly string[] | null;
}

export interface Page<Row> {
  readonly rows: Row[];
  /** The number of all matches, also beyond the last page. */
  readonly total: number;
}

function asked(scope: Scope, { filter, today, schoolTypes = null }: Asked) {
  const conditions = [...matching(scope, filter, today), ...marked(filter.mark, today)];
  if (schoolTypes) conditions.push(sql<SqlBool>`ps.school_type = any(${[...schoolTypes]}::text[])`);
  return sql.join(conditions, sql` and `);
}

/** Every row of a page knows the total; a page behind the last one has no row to ask and counts. */
async function paged<Row extends { readonly total: number }>(
  db: FilingHandle,
  scope: Scope,
  question: Asked,
  rows: Row[],
): Promise<Page<Row>> {
  const [first] = rows;
  if (first || question.filter.page === 1) return { rows, total: first?.total ?? 0 };
  const found = await sql<{ total: number }>`
    select count(*) as total from ${filingTables} where ${asked(scope, question)}`.execute(db);
  return { rows, total: found.rows[0]!.total };
}

/** One page of the list with the number of all matches, in one statement. */
export async function listFilings(db: FilingHandle, scope: Scope, question: Asked): Promise<Page<ListedFiling>> {
  const { filter } = question;
  const found = await sql<ListedFiling>`
    with page as materialized (
      select f.county_id, f.id, count(*) over () as total, row_number() over (order by ${ordered(filter.sort)}) as place
        from ${filingTables}
       where ${asked(scope, question)}
       order by place
       limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}
    )
    select ${filingColumns}, ${accountColumns}, page.total,
           coalesce(r.reminders, 0) as reminders, r.last as "lastReminderAt"
      from page
      join filings f on f.county_id = page.county_id and f.id = page.id
      join period_schools ps
        on ps.county_id = f.county_id and ps.period_id = f.period_id and ps.school_id = f.school_id
      join periods p on p.id = f.period_id
      join org_units u on u.id = f.county_id
      left join lateral (
        select count(*) as reminders, max(sent_at) as last from filing_reminders
         where county_id = f.county_id and period_id = f.period_id and school_id = f.school_id
      ) r on true
     order by page.place`.execute(db);
  return paged(db, scope, question, found.rows);
}

/** Filings with their content, for grid, export and template: schools by name. */
export async function readFilings(
  db: FilingHandle,
  scope: Scope,
  question: Asked,
): Promise<Page<FullFiling & { total: number }>> {
  const { filter } = question;
  const found = await sql<FullFiling & { total: number }>`
    select ${filingColumns}, ${accountColumns}, ${contentColumns}, count(*) over () as total
      from ${filingTables}
     where ${asked(scope, question)}
     order by ${ordered(filter.sort)}
     limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db);
  return paged(db, scope, question, found.rows);
}

/** 办学类型 of all matches, whatever the page: the columns of a grid are the same on each. */
export async function readSchoolTypes(db: FilingHandle, scope: Scope, question: Asked): Promise<string[]> {
  const found = await sql<{ schoolType: string }>`
    select distinct ps.school_type as "schoolType" from ${filingTables} where ${asked(scope, question)}`.execute(db);
  return found.rows.map((row) => row.schoolType);
}
