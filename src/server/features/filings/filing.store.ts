import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
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

export const contentColumns = sql`f.cells, f.reference, f.approved, f.peers`;

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
export const accountColumns = sql`
  (select jsonb_build_object('head', a.has_head, 'clerk', a.has_clerk)
     from school_accounts a where a.school_id = f.school_id) as accounts`;

/** The place that a person may reach, as a condition: the first wall. The row policies are the second. */
export function within(scope: Scope) {
  const place = sql<SqlBool>`f.county_id = any(${[...scope.places]}::int[])`;
  return scope.schools === null ? place : sql<SqlBool>`${place} and f.school_id = any(${[...scope.schools]}::int[])`;
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
