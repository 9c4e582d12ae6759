import { sql } from 'kysely';
import type { DoubtfulSchool, ProposedIssue } from '#domain/balance-tracking/issues.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { type TrackHandle, withStanding } from './published.store.ts';
import type { TrackRow } from './track.store.ts';

/** An issue that was taken into the ledger, with where it stands there. */
export interface IssueRow {
  readonly id: string;
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
export async function listIssues(db: TrackHandle, track: Of): Promise<IssueRow[]> {
  const found = await sql<IssueRow>`
    select i.id, i.key, i.rule, i.level, i.indicator, i.title, i.figure, f.state, f.due_on as "dueOn"
      from balance_track_issues i
      ${withStanding}
     where i.place_id = ${track.placeId} and i.track_id = ${track.id}
     order by i.rule, i.level desc nulls last, i.title, i.id`.execute(db);
  return found.rows;
}

export async function insertIssues(
  db: TrackHandle,
  track: Of,
  issues: readonly (ProposedIssue & { readonly id: string })[],
  { byName, on }: { readonly byName: string; readonly on: Day },
): Promise<void> {
  if (issues.length === 0) return;
  await db
    .insertInto('balance_track_issues')
    .values(
      issues.map((one) => ({
        ...{ place_id: track.placeId, id: one.id, track_id: track.id, key: one.key, rule: one.rule },
        ...{ level: one.level, indicator: one.indicator, about_school_id: one.schoolId, title: one.title },
        ...{ body: one.body, figure: one.figure, line: one.line, run_id: one.runId },
        ...{ listed_by_name: byName, listed_on: on },
      })),
    )
    .execute();
}

/** Schools whose figures of the period carry an explained doubt. */
export async function listDoubtful(db: TrackHandle, countyId: number, periodId: number): Promise<DoubtfulSchool[]> {
  const found = await sql<DoubtfulSchool>`
    select s.id as "schoolId", s.name
      from facts f
      join schools s on s.county_id = ${countyId} and s.id = f.subject_id
     where f.place_id = ${countyId} and f.period_id = ${periodId} and f.subject_type = 'school'
       and f.key = 'resources.explainedDoubts'
     order by s.name, s.id`.execute(db);
  return found.rows;
}

/** Which of these schools lie in the county now: what a school is to do cannot be raised where it went. */
export async function findSchoolsIn(
  db: TrackHandle,
  countyId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const found = await sql<{ id: number; name: string }>`
    select id, name from schools where county_id = ${countyId} and id = any(${[...ids]}::int[])`.execute(db);
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}
