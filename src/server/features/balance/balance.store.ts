import { sql } from 'kysely';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import { kindergartenType } from '#domain/org/school-type.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import type { Handle, Lease } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import { lockName } from '#platform/db/named-lock.ts';
import type { InputRow, RunInputs } from './run/inputs.shape.ts';
import type { SchoolResultRow } from './run/school-rows.shape.ts';
import type { Distribution, RunSummary } from './run/summary.shape.ts';

/**
 * The feature's own tables, then the tables that it reads: the frozen register of each year and the view of approved
 * figures.
 */
export type BalanceHandle = Handle<
  'balance_standards' | 'balance_runs' | 'balance_run_details' | 'balance_run_schools',
  'org_units' | 'schools' | 'periods' | 'period_schools' | 'approved_filing_values' | 'filing_duties'
>;

/**
 * The county-level units among `counties`, in their official order.
 * @param on only those that were not closed by this day
 */
export async function listCounties(db: BalanceHandle, counties: readonly number[], on?: Day) {
  return await db
    .selectFrom('org_units')
    .select(['id', 'name', 'short_name as shortName', 'tile_column as tileColumn', 'tile_row as tileRow'])
    .where('kind', '=', 'county')
    .where('id', '=', among(counties))
    .$if(on !== undefined, (open) =>
      open.where((is) => is.or([is('closed_on', 'is', null), is('closed_on', '>', on!)])),
    )
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
}

/** The name of the city among these places; undefined for a post that reaches only counties. */
export async function findCityName(db: BalanceHandle, places: readonly number[]): Promise<string | undefined> {
  const city = await db
    .selectFrom('org_units')
    .select('name')
    .where('kind', '=', 'city')
    .where('id', '=', among(places))
    .executeTakeFirst();
  return city?.name;
}

/** The city and its county-level units, for a start, which acts for no person and begins without a place. */
export function listUnitsAtStart(held: Lease) {
  return held.query<{ id: number; kind: 'city' | 'county' }>(
    `select id, kind from org_units where kind in ('city', 'county') order by id`,
  );
}

/** A school in the reader's place with its present name; undefined for a school elsewhere. */
export async function findSchool(db: BalanceHandle, counties: readonly number[], schoolId: number) {
  return await db
    .selectFrom('schools')
    .select(['name', 'county_id as countyId'])
    .where('id', '=', schoolId)
    .where('county_id', '=', among(counties))
    .executeTakeFirst();
}

/**
 * Every school of the location with its approved figures; schools without approved figures are included. Kindergartens
 * are not.
 */
export async function findInputRows(db: BalanceHandle, countyId: number, periodId: number): Promise<InputRow[]> {
  return await db
    .selectFrom('period_schools as school')
    .leftJoin('approved_filing_values as filing', (join) =>
      join
        .onRef('filing.county_id', '=', 'school.county_id')
        .onRef('filing.period_id', '=', 'school.period_id')
        .onRef('filing.school_id', '=', 'school.school_id'),
    )
    .leftJoin('filing_duties as duty', (join) =>
      join
        .onRef('duty.county_id', '=', 'school.county_id')
        .onRef('duty.period_id', '=', 'school.period_id')
        .onRef('duty.school_id', '=', 'school.school_id'),
    )
    .select(({ ref }) => [
      'school.school_id as schoolId',
      'school.code',
      'school.name',
      'school.school_type as schoolType',
      'school.sponsor_code as sponsorCode',
      ref('school.ownership').$castTo<Ownership>().as('ownership'),
      ref('school.urban_class').$castTo<UrbanClass>().as('urbanClass'),
      'school.managing_unit_id as managingUnitId',
      'duty.reason',
      'school.added_on as addedOn',
      'filing.values',
    ])
    .select((read) => read.fn.coalesce('duty.owes', sql<boolean>`false`).as('owes'))
    .where('school.county_id', '=', countyId)
    .where('school.period_id', '=', periodId)
    .where('school.school_type', '<>', kindergartenType)
    .execute();
}

/** Runs of one county and year wait for each other: the later one sees the data that the earlier one stored. */
export async function lockRuns(db: BalanceHandle, countyId: number, periodId: number): Promise<void> {
  await lockName(db, `balance:${countyId}:${periodId}`);
}

export interface NewRun {
  readonly id: string;
  readonly countyId: number;
  readonly periodId: number;
  readonly standardKey: string;
  readonly standardRevision: number;
  readonly inputs: RunInputs;
  readonly inputsHash: string;
  readonly result: BalanceResult;
  readonly summary: RunSummary;
  readonly distribution: Distribution;
  readonly schools: readonly SchoolResultRow[];
  readonly counts: { readonly schools: number; readonly excluded: number; readonly missing: number };
  readonly runAt: Date;
  readonly runBy: string;
}

/** The stored run with exactly these inputs, this revision and this formula, if there is one. */
export async function findSameRun(db: BalanceHandle, run: Omit<NewRun, 'runBy'>) {
  return await db
    .selectFrom('balance_runs')
    .select(['id', 'current'])
    .where('county_id', '=', run.countyId)
    .where('period_id', '=', run.periodId)
    .where('standard_key', '=', run.standardKey)
    .where('standard_revision', '=', run.standardRevision)
    .where('formula_version', '=', run.result.formulaVersion)
    .where('inputs_hash', '=', run.inputsHash)
    .executeTakeFirst();
}

/** What the shown run of a county's year by a standard was computed from; undefined before the first. */
export async function findShownRun(db: BalanceHandle, countyId: number, periodId: number, standardKey: string) {
  return await db
    .selectFrom('balance_runs')
    .select([
      ...(['standard_revision as standardRevision', 'formula_version as formulaVersion'] as const),
      'inputs_hash as inputsHash',
    ])
    .where('county_id', '=', countyId)
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('current', '=', true)
    .executeTakeFirst();
}

/** Moves the mark of the shown run to this run. */
export async function writeCurrentRun(db: BalanceHandle, run: Pick<NewRun, 'countyId'>, id: string): Promise<void> {
  await sql`select move_current_run(${run.countyId}, ${id})`.execute(db);
}

export async function insertRun(db: BalanceHandle, run: NewRun): Promise<void> {
  await db
    .insertInto('balance_runs')
    .values({
      county_id: run.countyId,
      id: run.id,
      period_id: run.periodId,
      standard_key: run.standardKey,
      standard_revision: run.standardRevision,
      formula_version: run.result.formulaVersion,
      inputs_hash: run.inputsHash,
      verdict: run.result.verdict,
      provisional: run.counts.missing > 0,
      school_count: run.counts.schools,
      excluded_count: run.counts.excluded,
      missing_count: run.counts.missing,
      summary: JSON.stringify(run.summary),
      distribution: JSON.stringify(run.distribution),
      current: false,
      run_at: run.runAt,
      run_by: run.runBy,
    })
    .execute();
  await db
    .insertInto('balance_run_details')
    .values({
      county_id: run.countyId,
      run_id: run.id,
      period_id: run.periodId,
      inputs: JSON.stringify(run.inputs),
      result: JSON.stringify(run.result),
    })
    .execute();
  if (run.schools.length === 0) return;
  // One parameter for all rows: thousands of placeholders would be planned anew for every number of schools.
  await sql`
    insert into balance_run_schools (county_id, run_id, period_id, school_id, level, code, name, excluded_reason, content)
    select ${run.countyId}::int, ${run.id}::uuid, ${run.periodId}::int, "schoolId", level, code, name, "excludedReason",
      case when content = 'null'::jsonb then null else content end
    from jsonb_to_recordset(${JSON.stringify(run.schools)}::jsonb) as row (
      "schoolId" int, level text, code text, name text, "excludedReason" text, content jsonb
    )
    returning school_id
  `.execute(db);
}

/** A county's year that needs a run by a standard. */
export interface WantedRun {
  readonly countyId: number;
  readonly periodId: number;
  readonly standardKey: string;
}

/**
 * The counties' years with approved figures and without a run that may be shown. In the current year only a run by the
 * newest revision of each standard and this formula version counts. In earlier years any run counts, because earlier
 * conclusions stay; an archived year keeps what it has.
 */
export async function listUnanswered(
  db: BalanceHandle,
  { formulaVersion, today }: { readonly formulaVersion: string; readonly today: string },
): Promise<WantedRun[]> {
  const found = await sql<WantedRun>`
    with standard as (select key, max(revision) as revision from balance_standards group by key)
    select distinct filing.county_id as "countyId", filing.period_id as "periodId", standard.key as "standardKey"
    from approved_filing_values as filing cross join standard
    where filing.period_id not in (select id from periods where archived_on is not null) and not exists (
      select 1 from balance_runs as run
      where run.county_id = filing.county_id and run.period_id = filing.period_id
        and run.standard_key = standard.key and run.current
        and (
          run.period_id is distinct from (select default_period('school-year', ${today}::date))
          or (run.standard_revision = standard.revision and run.formula_version = ${formulaVersion})
        )
    )
    order by "periodId", "countyId", "standardKey"
  `.execute(db);
  return found.rows;
}
