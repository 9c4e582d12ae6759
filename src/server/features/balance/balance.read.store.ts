import { sql } from 'kysely';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { among, type Paging, pageOf, sortOf } from '#platform/db/listing.ts';
import type { RunRow } from './balance.shape.ts';
import type { BalanceHandle } from './balance.store.ts';
import type { RunInputs } from './run/inputs.ts';
import type { SchoolContent, SchoolResultRow } from './run/school-rows.ts';
import type { Distribution, RunSummary } from './run/summary.ts';

/** A run's row with the names shown beside it. */
export interface StoredRun extends RunRow {
  readonly period_id: number;
  readonly county_short_name: string;
  readonly standard_key: string;
  readonly standard_revision: number;
  readonly summary: RunSummary;
}

function selectRuns(db: BalanceHandle) {
  return db
    .selectFrom('balance_runs as run')
    .innerJoin('org_units as county', 'county.id', 'run.county_id')
    .innerJoin('periods as period', 'period.id', 'run.period_id')
    .select([
      'run.id',
      'run.county_id',
      'run.period_id',
      'county.name as county_name',
      'county.short_name as county_short_name',
      'period.year as school_year',
      'run.standard_key',
      'run.standard_revision',
      'run.formula_version',
      'run.inputs_hash',
      'run.verdict',
      'run.provisional',
      'run.current',
      'run.run_at',
      'run.run_by',
      'run.school_count',
      'run.excluded_count',
      'run.missing_count',
    ]);
}

/** The current runs of a year by one standard, without their distributions. */
export async function listCurrentRuns(
  db: BalanceHandle,
  counties: readonly number[],
  periodId: number,
  key: string,
): Promise<StoredRun[]> {
  const rows = await selectRuns(db)
    .select('run.summary')
    .where('run.county_id', '=', among(counties))
    .where('run.period_id', '=', periodId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .execute();
  return rows as unknown as StoredRun[];
}

/** One run by its id, or the current one of a year and standard. */
export async function findRun(
  db: BalanceHandle,
  countyId: number,
  which: { readonly id: string } | { readonly periodId: number; readonly key: string },
): Promise<StoredRun | undefined> {
  const runs = selectRuns(db).select('run.summary').where('run.county_id', '=', countyId);
  const row =
    'id' in which
      ? await runs.where('run.id', '=', which.id).executeTakeFirst()
      : await runs
          .where('run.period_id', '=', which.periodId)
          .where('run.standard_key', '=', which.key)
          .where('run.current', '=', true)
          .executeTakeFirst();
  return row as unknown as StoredRun | undefined;
}

/** The current runs of a county by one standard over the years, oldest first. */
export async function listYears(db: BalanceHandle, countyId: number, key: string): Promise<StoredRun[]> {
  const rows = await selectRuns(db)
    .select('run.summary')
    .where('run.county_id', '=', countyId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .orderBy('period.year')
    .execute();
  return rows as unknown as StoredRun[];
}

export interface RunFilter {
  readonly counties: readonly number[];
  readonly periodId?: number | undefined;
  readonly key?: string | undefined;
  readonly current?: boolean | undefined;
}

export interface RunPage extends Paging {
  /** `runAt` (`-runAt` without one), `county` or `year`. */
  readonly sort?: string | undefined;
}

const sortColumns = { runAt: 'run.run_at', county: 'county.sort_order', year: 'period.year' } as const;

/** A page of stored runs with the number of all that match. */
export async function listRuns(db: BalanceHandle, filter: RunFilter, page: RunPage) {
  let runs = selectRuns(db).where('run.county_id', '=', among(filter.counties));
  if (filter.periodId !== undefined) runs = runs.where('run.period_id', '=', filter.periodId);
  if (filter.key !== undefined) runs = runs.where('run.standard_key', '=', filter.key);
  if (filter.current !== undefined) runs = runs.where('run.current', '=', filter.current);
  const { by, descending } = sortOf(page.sort, sortColumns, '-runAt');
  const rows = await runs
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy(sortColumns[by], descending ? 'desc' : 'asc')
    .orderBy('run.id', 'desc')
    .limit(page.pageSize)
    .offset((page.page - 1) * page.pageSize)
    .execute();
  return pageOf(rows, page, async () => {
    const counted = await runs.clearSelect().select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
    return counted.total;
  });
}

export interface RunDetails {
  readonly inputs: RunInputs;
  readonly result: BalanceResult;
}

/** Inputs and result with school names; undefined for school roles, because the row policy refuses them. */
export async function findDetails(db: BalanceHandle, countyId: number, runId: string): Promise<RunDetails | undefined> {
  const row = await db
    .selectFrom('balance_run_details')
    .select(['inputs', 'result'])
    .where('county_id', '=', countyId)
    .where('run_id', '=', runId)
    .executeTakeFirst();
  return row as RunDetails | undefined;
}

/** The rows of a run that the reader may see; only of these schools if they are given. */
export async function listSchoolRows(
  db: BalanceHandle,
  countyId: number,
  runId: string,
  schools: readonly number[] | null,
): Promise<SchoolResultRow[]> {
  let rows = db
    .selectFrom('balance_run_schools')
    .select(['school_id', 'level', 'code', 'name', 'excluded_reason', 'content'])
    .where('county_id', '=', countyId)
    .where('run_id', '=', runId);
  if (schools !== null) rows = rows.where('school_id', '=', sql<number>`any(${[...schools]}::int[])`);
  return (await rows.orderBy('level').orderBy('code').orderBy('school_id').execute()).map((row) => ({
    schoolId: row.school_id,
    level: row.level as CompulsoryLevel,
    code: row.code,
    name: row.name,
    excludedReason: row.excluded_reason,
    content: row.content as SchoolContent | null,
  }));
}

export async function findDistribution(db: BalanceHandle, countyId: number, runId: string): Promise<Distribution> {
  const row = await db
    .selectFrom('balance_runs')
    .select('distribution')
    .where('county_id', '=', countyId)
    .where('id', '=', runId)
    .executeTakeFirst();
  return (row?.distribution ?? {}) as Distribution;
}

/** One school in the current runs of a standard over the years, newest first, with the figures for comparison. */
export async function listSchoolYears(db: BalanceHandle, counties: readonly number[], schoolId: number, key: string) {
  return await db
    .selectFrom('balance_run_schools as school')
    .innerJoin('balance_runs as run', (join) =>
      join.onRef('run.county_id', '=', 'school.county_id').onRef('run.id', '=', 'school.run_id'),
    )
    .innerJoin('periods as period', 'period.id', 'run.period_id')
    .select([
      'school.county_id',
      'school.level',
      'school.name',
      'school.excluded_reason',
      'school.content',
      'run.id as run_id',
      'run.provisional',
      'run.summary',
      'run.distribution',
      'run.standard_revision',
      'period.year as school_year',
    ])
    .where('school.county_id', '=', among(counties))
    .where('school.school_id', '=', schoolId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .orderBy('period.year', 'desc')
    .execute();
}
