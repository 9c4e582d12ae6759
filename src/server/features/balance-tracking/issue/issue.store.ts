import { sql } from 'kysely';
import type { DoubtfulSchool, ProposedIssue } from '#domain/balance-tracking/issues.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { type TrackHandle, withStanding } from '../published.store.ts';
import type { TrackRow } from '../track.store.ts';

/** An issue that was taken into the ledger, with where it stands there. */
export interface IssueRow {
  readonly id: string;
  readonly trackId: string;
  readonly key: string;
  readonly rule: string;
  readonly level: CompulsoryLevel | null;
  readonly indicator: string | null;
  readonly title: string;
  readonly figure: string | null;
  /** The state in the ledger; null until the ledger has taken it. */
  readonly state: string | null;
  readonly dueOn: Day | null;
}

type Of = Pick<TrackRow, 'placeId' | 'id'>;

/** The issues of a track in the order of the rules. */
export const listIssues = (db: TrackHandle, { placeId, id }: Of): Promise<IssueRow[]> =>
  listIssuesOf(db, placeId, [id]);

/** The issues of several tracks of a county, each track's in the order of the rules. */
export async function listIssuesOf(db: TrackHandle, placeId: number, tracks: readonly string[]): Promise<IssueRow[]> {
  const found = await sql<IssueRow>`
    select i.id, i.track_id as "trackId", i.key, i.rule, i.level, i.indicator, i.title, i.figure, f.state, f.due_on as "dueOn"
      from balance_track_issues i
      ${withStanding}
     where i.place_id = ${placeId} and i.track_id = any(${[...tracks]}::uuid[])
     order by i.rule, i.level desc nulls last, i.title, i.id`.execute(db);
  return found.rows;
}

export async function insertIssues(
  db: TrackHandle,
  track: Of & Pick<TrackRow, 'periodId'>,
  issues: readonly (ProposedIssue & { readonly id: string })[],
  { byName, on }: { readonly byName: string; readonly on: Day },
): Promise<void> {
  if (issues.length === 0) return;
  await db
    .insertInto('balance_track_issues')
    .values(
      issues.map((one) => ({
        ...{ place_id: track.placeId, id: one.id, track_id: track.id, period_id: track.periodId },
        ...{ key: one.key, rule: one.rule },
        ...{ level: one.level, indicator: one.indicator, about_school_id: one.schoolId, title: one.title },
        ...{ body: one.body, figure: one.figure, line: one.line, run_id: one.runId },
        ...{ listed_by_name: byName, listed_on: on },
      })),
    )
    .execute();
}

/**
 * The schools that lie in the county now, and those among them whose figures of the period carry an explained doubt: what a
 * school is to do cannot be raised where it went.
 */
export async function listSchoolsHere(
  db: TrackHandle,
  countyId: number,
  periodId: number,
): Promise<{ readonly doubtful: DoubtfulSchool[]; readonly schools: readonly { id: number; name: string }[] }> {
  const found = await sql<{ id: number; name: string; isDoubtful: boolean }>`
    select s.id, s.name, exists (
             select 1 from facts f
              where f.place_id = ${countyId} and f.period_id = ${periodId} and f.subject_type = 'school'
                and f.subject_id = s.id and f.key = 'resources.explainedDoubts'
           ) as "isDoubtful"
      from schools s where s.county_id = ${countyId}
     order by s.name, s.id`.execute(db);
  return {
    doubtful: found.rows.flatMap(({ id: schoolId, name, isDoubtful }) => (isDoubtful ? [{ schoolId, name }] : [])),
    schools: found.rows,
  };
}
