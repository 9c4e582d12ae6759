import { sql } from 'kysely';
import type { RunMember } from '#domain/balance-tracking/difference.ts';
import type { RunFigure, UnmetIndicator } from '#domain/balance-tracking/issues.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import type { Handle } from '#platform/db/handle.ts';

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
  | 'finding_standings'
  | 'facts'
>;

/** What the ledger calls the source of its findings. */
export const sourceType = 'balance-tracking';

/** Joins to an issue `i` the finding `f` that stands for it in the ledger; null until the ledger has taken it. */
export const withStanding = sql`
  left join finding_standings f
    on f.place_id = i.place_id and f.source_type = ${sourceType} and f.source_id = i.track_id::text and f.finding_id = i.id`;

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

type Which = { readonly id: string } | { readonly periodId: number; readonly standardKey: string };

/** One run by its id, or the one that is shown of a period and standard; undefined where there is none. */
export async function findRun(db: TrackHandle, countyId: number, which: Which): Promise<NamedRun | undefined> {
  const all = db.selectFrom('balance_run_figures').where('county_id', '=', countyId);
  const chosen =
    'id' in which
      ? all.where('run_id', '=', which.id)
      : all
          .where('period_id', '=', which.periodId)
          .where('standard_key', '=', which.standardKey)
          .where('current', '=', true);
  const rows = await chosen
    .select(['run_id as id', 'standard_name as name', 'standard_revision as revision'])
    .select(['formula_version as formulaVersion', 'inputs_hash as inputsHash', 'run_at as runAt', 'provisional'])
    .select(['current', 'level', 'indicator', 'name as figureName', 'cv', 'cv_limit as limit', 'schools'])
    .execute();
  const [head] = rows;
  if (!head) return undefined;
  return {
    id: head.id,
    edition: `${head.name}（第 ${head.revision} 版）`,
    standardName: head.name,
    formulaVersion: head.formulaVersion,
    inputsHash: head.inputsHash,
    runAt: head.runAt,
    provisional: head.provisional,
    current: head.current,
    figures: rows.map(({ level, indicator, figureName, cv, limit, schools }) => ({
      ...{ level, indicator, name: figureName, cv, limit, schools: schools ?? 0 },
    })),
  };
}

export interface StoredMember extends RunMember {
  readonly schoolId: number;
  readonly level: CompulsoryLevel;
  readonly pass: boolean | null;
  readonly met: number | null;
  readonly unmet: readonly UnmetIndicator[];
}

/** The schools of a run, in or out. */
export async function listMembers(db: TrackHandle, countyId: number, runId: string): Promise<StoredMember[]> {
  const rows = await db
    .selectFrom('balance_run_members')
    .where('county_id', '=', countyId)
    .where('run_id', '=', runId)
    .select(['school_id as schoolId', 'level', 'code', 'name', 'excluded_reason as excludedReason', 'pupils'])
    .select(['values', 'pass', 'met', 'unmet'])
    .orderBy('level', 'desc')
    .orderBy('name')
    .orderBy('school_id')
    .$castTo<
      Omit<StoredMember, 'values' | 'unmet'> & {
        readonly values: StoredMember['values'] | null;
        readonly unmet: StoredMember['unmet'] | null;
      }
    >()
    .execute();
  return rows.map((row) => ({ ...row, values: row.values ?? {}, unmet: row.unmet ?? [] }));
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
