import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { FieldSection } from '#domain/filing/catalogue.ts';
import type { FilingState } from '#domain/filing/flow.ts';
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

/** What a filter narrows a list to. Where no school year is named it is the one that is meant on that day. */
function matching(scope: Scope, filter: FilingFilter, today: string) {
  const conditions = [
    within(scope),
    filter.year === undefined
      ? sql<SqlBool>`f.period_id = default_period(${today}::date)`
      : sql<SqlBool>`f.period_id = (select id from periods where school_year = ${filter.year})`,
  ];
  // A school has one filing a year, wherever it lay when the year was opened: no unit narrows its list.
  if (filter.unitId !== undefined && scope.schools === null) {
    conditions.push(
      sql<SqlBool>`(f.county_id = ${filter.unitId}
        or exists (select 1 from org_units where id = ${filter.unitId} and kind <> 'county'))`,
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
function marked(mark: string | undefined, today: string) {
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
