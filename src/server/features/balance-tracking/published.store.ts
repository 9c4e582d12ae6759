import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { compositeKey, type RunMember } from '#domain/balance-tracking/difference.ts';
import type { RunFigure } from '#domain/balance-tracking/issues.ts';
import { schoolsKey } from '#domain/balance-tracking/published-figure.ts';
import type { RegisteredSchool } from '#domain/balance-tracking/school-sets.ts';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';

/** The feature's own tables, those of the core that its acts use, registers, and published views. */
export type TrackHandle = Handle<
  | 'province_publications'
  | 'province_publication_figures'
  | 'province_publication_schools'
  | 'balance_tracks'
  | 'balance_track_terms'
  | 'balance_track_reports'
  | 'balance_track_report_figures'
  | 'balance_track_causes'
  | 'balance_track_issues'
  | 'basic_standards'
  | 'balance_plan_years',
  | 'steps'
  | 'notices'
  | 'imports'
  | 'org_units'
  | 'schools'
  | 'periods'
  | 'balance_run_figures'
  | 'balance_run_members'
  | 'balance_indicators'
  | 'ledger_findings'
  | 'facts'
  | 'audit_events'
>;

/** What the ledger calls the source of its findings. */
export const sourceType = 'balance-tracking';

/** Joins to an issue `i` the finding `f` that stands for it in the ledger; null until the ledger has taken it. */
export const withStanding = sql`
  left join ledger_findings f
    on f.place_id = i.place_id and f.source_type = ${sourceType} and f.source_id = i.track_id::text and f.finding_id = i.id`;

/** Joins to a track `t` the run that is `shown` of its county, year and standard. */
export const withShownRun = sql`
  left join balance_standings shown
    on shown.county_id = t.place_id and shown.period_id = t.period_id and shown.standard_key = t.standard_key`;

/** Whether the self-report of a track `t` with its newest `report` came back and has not been passed on again. */
export const isReturned = sql`(
  t.state = 'self-report-due' and (report.prepared_at is null or report.decision is not null) and exists (
    select 1 from balance_track_reports one
     where one.place_id = t.place_id and one.track_id = t.id and one.decision = 'returned'
  ))`;

/** A run of balance with its figures, as the published view has it. */
export interface NamedRun {
  readonly id: string;
  /** 标准名称（修订号）. */
  readonly edition: string;
  readonly standardName: string;
  readonly formulaVersion: string;
  readonly inputsHash: string;
  readonly runAt: Date;
  readonly provisional: boolean;
  readonly current: boolean;
  readonly figures: readonly (RunFigure & { readonly schools: number })[];
}

/** Which runs of a county are wanted: those that are shown of a year and a standard, and one by its id. */
export interface WantedRuns {
  readonly shown: readonly { readonly year: SchoolYear; readonly standardKey: string }[];
  readonly id: string | null;
}

export interface FoundRuns {
  of(year: SchoolYear, standardKey: string): NamedRun | undefined;
  byId(id: string): NamedRun | undefined;
}

/** The runs that are wanted, read together. */
export async function findRuns(db: TrackHandle, countyId: number, { shown, id }: WantedRuns): Promise<FoundRuns> {
  const found = await sql<RunRow>`
    select f.run_id as id, f.standard_key as "standardKey", p.year, f.standard_name as name,
           f.standard_revision as revision, f.formula_version as "formulaVersion", f.inputs_hash as "inputsHash",
           f.run_at as "runAt", f.provisional, f.current, f.level, f.indicator, f.name as "figureName", f.cv,
           f.cv_limit as "limit", f.schools
      from balance_run_figures f
      join periods p on p.id = f.period_id and p.kind = 'school-year'
     where f.county_id = ${countyId} and (
             f.run_id = ${id}::uuid
             or (f.current and (p.year, f.standard_key) in (
               select * from unnest(${shown.map(({ year }) => year)}::int[], ${shown.map((one) => one.standardKey)}::text[])
             ))
           )
     order by f.run_id, f.level desc, f.position`.execute(db);
  const runs = new Map<string, RunRow[]>();
  for (const row of found.rows) runs.set(row.id, [...(runs.get(row.id) ?? []), row]);
  const named = [...runs.values()].map((rows) => ({ head: rows[0]!, run: runOf(rows) }));
  return {
    of: (year, standardKey) =>
      named.find(({ head }) => head.current && head.year === year && head.standardKey === standardKey)?.run,
    byId: (wanted) => named.find(({ head }) => head.id === wanted)?.run,
  };
}

interface RunRow extends Omit<NamedRun, 'edition' | 'standardName' | 'figures'> {
  readonly standardKey: string;
  readonly year: SchoolYear;
  readonly name: string;
  readonly revision: number;
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  readonly figureName: string;
  readonly cv: number | null;
  readonly limit: number | null;
  readonly schools: number | null;
}

function runOf(rows: readonly RunRow[]): NamedRun {
  const { id, name, revision, formulaVersion, inputsHash, runAt, provisional, current } = rows[0]!;
  return {
    ...{ id, edition: `${name}（第 ${revision} 版）`, standardName: name, formulaVersion, inputsHash, runAt },
    ...{ provisional, current },
    figures: rows.map(({ level, indicator, figureName, cv, limit, schools }) => ({
      ...{ level, indicator, name: figureName, cv, limit, schools: schools ?? 0 },
    })),
  };
}

export interface StoredMember extends RunMember {
  readonly runId: string;
  readonly schoolId: number;
  readonly level: CompulsoryLevel;
}

/** The schools of these runs, in or out. */
export async function listMembers(
  db: TrackHandle,
  countyId: number,
  runs: readonly (NamedRun | undefined)[],
): Promise<StoredMember[]> {
  const ids = runs.flatMap((run) => (run === undefined ? [] : [run.id]));
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('balance_run_members')
    .where('county_id', '=', countyId)
    .where('run_id', '=', sql<string>`any(${ids}::uuid[])`)
    .select([
      'run_id as runId',
      'school_id as schoolId',
      'level',
      'code',
      'name',
      'excluded_reason as excludedReason',
      'pupils',
    ])
    .select('values')
    .orderBy('level', 'desc')
    .orderBy('name')
    .orderBy('school_id')
    .$castTo<
      Omit<StoredMember, 'values'> & {
        readonly values: StoredMember['values'] | null;
      }
    >()
    .execute();
  return rows.map((row) => ({ ...row, values: row.values ?? {} }));
}

/** The schools in reach that the register knows by one of these codes or names, by an earlier name too. */
export async function listRegistered(
  db: TrackHandle,
  scope: Scope,
  countyId: number,
  wanted: readonly { readonly code: string | null; readonly name: string }[],
): Promise<RegisteredSchool[]> {
  const codes = wanted.flatMap(({ code }) => (code === null ? [] : [code]));
  const names = wanted.map(({ name }) => name);
  const found = await sql<RegisteredSchool>`
    select s.code, s.name, s.former_names as "formerNames", s.school_type as "schoolType", s.ownership, s.status,
           s.opened_on as "openedOn", s.closed_on as "closedOn", unit.kind = 'city' as "cityManaged",
           case when s.county_id <> ${countyId}::int then county.name end as "otherCounty"
      from schools s
      join org_units unit on unit.id = s.managing_unit_id
      join org_units county on county.id = s.county_id
     where s.county_id = ${among(scope.places)}
       and (s.code = any(${codes}::text[]) or s.name = any(${names}::text[]) or s.former_names && ${names}::text[])
     order by s.county_id <> ${countyId}::int, s.status <> 'open', s.id`.execute(db);
  return found.rows;
}

/** The composite of a level of the run that is shown of a county. */
export interface ShownComposite {
  readonly countyId: number;
  readonly level: CompulsoryLevel;
  readonly cv: number | null;
  readonly schools: number;
  readonly standardName: string;
}

/** The composites of all counties in reach, by the runs that are shown. */
export async function listComposites(
  db: TrackHandle,
  scope: Scope,
  periodId: number,
  standardKey: string,
): Promise<ShownComposite[]> {
  const rows = await db
    .selectFrom('balance_run_figures')
    .where('county_id', '=', among(scope.places))
    .where('period_id', '=', periodId)
    .where('standard_key', '=', standardKey)
    .where('current', '=', true)
    .where('indicator', '=', compositeKey)
    .select(['county_id as countyId', 'level', 'cv', 'schools', 'standard_name as standardName'])
    .execute();
  return rows.map((row) => ({ ...row, schools: row.schools ?? 0 }));
}

/** A figure of ours, as a published one is compared with it. */
export interface OurFigure {
  readonly countyId: number;
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  readonly value: number;
}

/** Composite and number of schools of the counties in reach, by the runs that are shown. */
export async function listOurs(
  db: TrackHandle,
  scope: Scope,
  periodId: number,
  standardKey: string,
): Promise<OurFigure[]> {
  const composites = await listComposites(db, scope, periodId, standardKey);
  return composites.flatMap(({ countyId, level, cv, schools }) => [
    ...(cv === null ? [] : [{ countyId, level, indicator: compositeKey, value: cv }]),
    { countyId, level, indicator: schoolsKey, value: schools },
  ]);
}

/** The indicators of a standard in their order, with its name. */
export async function findIndicators(
  db: TrackHandle,
  standardKey: string,
): Promise<{ readonly standardName: string; readonly indicators: readonly { key: string; name: string }[] }> {
  const rows = await db
    .selectFrom('balance_indicators')
    .where('standard_key', '=', standardKey)
    .select(['standard_name as standardName', 'indicator as key', 'name'])
    .orderBy('position')
    .execute();
  return {
    standardName: rows[0]?.standardName ?? standardKey,
    indicators: rows.map(({ key, name }) => ({ key, name })),
  };
}
