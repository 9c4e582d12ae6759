import { sql } from 'kysely';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import type { Verdict } from '#domain/balance/standard/standard.shape.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { among, type Paging, pageOf, sortOf } from '#platform/db/listing.ts';
import type { RunRow } from './balance.shape.ts';
import type { BalanceHandle } from './balance.store.ts';
import type { RunInputs } from './run/inputs.shape.ts';
import type { SchoolContent, SchoolResultRow } from './run/school-rows.shape.ts';
import type { Distribution, RunSummary } from './run/summary.shape.ts';

/** A run's row with the names shown beside it. */
export interface StoredRun extends RunRow {
  readonly standardKey: string;
  readonly standardRevision: number;
  readonly summary: RunSummary;
}

function selectRuns(db: BalanceHandle) {
  return db
    .selectFrom('balance_runs as run')
    .innerJoin('org_units as county', 'county.id', 'run.county_id')
    .innerJoin('periods as period', 'period.id', 'run.period_id')
    .select(({ ref }) => [
      'run.id',
      'run.county_id as countyId',
      'county.name as countyName',
      'period.year as schoolYear',
      'run.standard_key as standardKey',
      'run.standard_revision as standardRevision',
      'run.formula_version as formulaVersion',
      'run.inputs_hash as inputsHash',
      ref('run.verdict').$castTo<Verdict>().as('verdict'),
      'run.provisional',
      'run.current',
      'run.run_at as runAt',
      'run.run_by as runBy',
      'run.school_count as schoolCount',
      'run.excluded_count as excludedCount',
      'run.missing_count as missingCount',
    ]);
}

/** The same with the summary, which a list of many runs does not need. */
function selectWithSummary(db: BalanceHandle) {
  return selectRuns(db).select(({ ref }) => ref('run.summary').$castTo<RunSummary>().as('summary'));
}

/** The current runs of a year by one standard, without their distributions. */
export async function listCurrentRuns(
  db: BalanceHandle,
  counties: readonly number[],
  periodId: number,
  key: string,
): Promise<StoredRun[]> {
  return await selectWithSummary(db)
    .where('run.county_id', '=', among(counties))
    .where('run.period_id', '=', periodId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .execute();
}

/** One run by its id, or the current one of a year and standard. */
export async function findRun(
  db: BalanceHandle,
  countyId: number,
  which: { readonly id: string } | { readonly periodId: number; readonly key: string },
): Promise<StoredRun | undefined> {
  const runs = selectWithSummary(db).where('run.county_id', '=', countyId);
  return await ('id' in which
    ? runs.where('run.id', '=', which.id)
    : runs
        .where('run.period_id', '=', which.periodId)
        .where('run.standard_key', '=', which.key)
        .where('run.current', '=', true)
  ).executeTakeFirst();
}

/** The current runs of a county by one standard over the years, oldest first. */
export async function listYears(db: BalanceHandle, countyId: number, key: string): Promise<StoredRun[]> {
  return await selectWithSummary(db)
    .where('run.county_id', '=', countyId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .orderBy('period.year')
    .execute();
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
  return await db
    .selectFrom('balance_run_details')
    .select(({ ref }) => [
      ref('inputs').$castTo<RunInputs>().as('inputs'),
      ref('result').$castTo<BalanceResult>().as('result'),
    ])
    .where('county_id', '=', countyId)
    .where('run_id', '=', runId)
    .executeTakeFirst();
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
    .select(({ ref }) => [
      'school_id as schoolId',
      ref('level').$castTo<CompulsoryLevel>().as('level'),
      'code',
      'name',
      'excluded_reason as excludedReason',
      ref('content').$castTo<SchoolContent | null>().as('content'),
    ])
    .where('county_id', '=', countyId)
    .where('run_id', '=', runId);
  if (schools !== null) rows = rows.where('school_id', '=', sql<number>`any(${[...schools]}::int[])`);
  return await rows.orderBy('balance_run_schools.level').orderBy('code').orderBy('school_id').execute();
}

export async function findDistribution(db: BalanceHandle, countyId: number, runId: string): Promise<Distribution> {
  const row = await db
    .selectFrom('balance_runs')
    .select(({ ref }) => ref('distribution').$castTo<Distribution>().as('distribution'))
    .where('county_id', '=', countyId)
    .where('id', '=', runId)
    .executeTakeFirst();
  return row?.distribution ?? {};
}

/** One school in the current runs of a standard over the years, newest first, with the figures for comparison. */
export async function listSchoolYears(db: BalanceHandle, counties: readonly number[], schoolId: number, key: string) {
  return await db
    .selectFrom('balance_run_schools as school')
    .innerJoin('balance_runs as run', (join) =>
      join.onRef('run.county_id', '=', 'school.county_id').onRef('run.id', '=', 'school.run_id'),
    )
    .innerJoin('periods as period', 'period.id', 'run.period_id')
    .select(({ ref }) => [
      'school.county_id as countyId',
      ref('school.level').$castTo<CompulsoryLevel>().as('level'),
      'school.name',
      'school.excluded_reason as excludedReason',
      ref('school.content').$castTo<SchoolContent | null>().as('content'),
      'run.id as runId',
      'run.provisional',
      ref('run.summary').$castTo<RunSummary>().as('summary'),
      ref('run.distribution').$castTo<Distribution>().as('distribution'),
      'period.year as schoolYear',
    ])
    .where('school.county_id', '=', among(counties))
    .where('school.school_id', '=', schoolId)
    .where('run.standard_key', '=', key)
    .where('run.current', '=', true)
    .orderBy('period.year', 'desc')
    .execute();
}
