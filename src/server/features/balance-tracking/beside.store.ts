import { sql } from 'kysely';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import type { PlanYearRow } from './figures/plan-year.store.ts';
import type { TrackHandle } from './published.store.ts';
import type { Cause, ReportRow, ReturnedRound } from './report.store.ts';
import type { TrackRow } from './track.store.ts';

/** What belongs to a track and its county, read by one statement. */
export interface Beside {
  /** The self-report of the newest round; undefined before the first. */
  readonly report: ReportRow | undefined;
  /** The rounds that were returned before it, newest first. */
  readonly rounds: readonly ReturnedRound[];
  /** The newest cause of each figure. */
  readonly causes: readonly Cause[];
  /** The planned years of the county, newest first. */
  readonly planYears: readonly PlanYearRow[];
  /** The tracks of the county that stand, newest first. */
  readonly years: readonly { readonly trackId: string; readonly year: SchoolYear }[];
  /** How many publications of the year and standard were replaced. */
  readonly replaced: number;
}

/** Rows that came as JSON: their times are still texts. */
type Written<Row> = {
  readonly [Key in keyof Row]: Date extends Row[Key] ? string | Extract<Row[Key], null> : Row[Key];
};

interface Found {
  readonly report: Written<ReportRow> | null;
  readonly rounds: readonly Written<ReturnedRound>[];
  readonly causes: readonly Written<Cause>[];
  readonly planYears: readonly Written<PlanYearRow>[];
  readonly years: Beside['years'];
  readonly replaced: number;
}

const timeOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Most planned years of a county that a page shows. */
const mostPlanned = 200;

/** Most earlier rounds that a page shows. */
const mostRounds = 20;

export async function findBeside(
  db: TrackHandle,
  { placeId, id, periodId, standardKey }: Pick<TrackRow, 'placeId' | 'id' | 'periodId' | 'standardKey'>,
): Promise<Beside> {
  const found = await sql<Found>`
    select (
             select to_jsonb(one) from (
               select r.id, r.round, r.revision, r.measures, r.conclusion, r.run_id as "runId",
                      r.publication_id as "publicationId", r.prepared_by_name as "preparedBy",
                      r.prepared_at as "preparedAt", r.submitted_by_name as "submittedBy",
                      r.submitted_at as "submittedAt", r.decision, r.decided_by_name as "decidedBy"
                 from balance_track_reports r
                where r.place_id = ${placeId} and r.track_id = ${id}
                order by r.round desc limit 1
             ) one
           ) as report,
           coalesce((
             select jsonb_agg(to_jsonb(one)) from (
               select r.round, r.measures, r.conclusion, r.submitted_by_name as "submittedBy",
                      r.decided_by_name as "returnedBy", r.decided_at as "returnedAt"
                 from balance_track_reports r
                where r.place_id = ${placeId} and r.track_id = ${id} and r.decision = 'returned'
                  and exists (select 1 from balance_track_reports later
                               where later.place_id = r.place_id and later.track_id = r.track_id
                                 and later.round > r.round)
                order by r.round desc limit ${mostRounds}
             ) one
           ), '[]') as rounds,
           coalesce((
             select jsonb_agg(to_jsonb(one)) from (
               select distinct on (c.level, c.indicator) c.level, c.indicator, c.body, c.written_by_name as by,
                      c.written_at as at
                 from balance_track_causes c
                where c.place_id = ${placeId} and c.track_id = ${id}
                order by c.level, c.indicator, c.written_at desc, c.id desc
             ) one
           ), '[]') as causes,
           coalesce((
             select jsonb_agg(to_jsonb(one)) from (
               select y.planned_year as year, y.document_number as "documentNumber", y.reason,
                      y.entered_by_name as "enteredBy", y.entered_at as "enteredAt", y.replaced_at is not null as replaced
                 from balance_plan_years y
                where y.place_id = ${placeId}
                order by y.replaced_at desc nulls first, y.id desc limit ${mostPlanned}
             ) one
           ), '[]') as "planYears",
           coalesce((
             select jsonb_agg(jsonb_build_object('trackId', o.id, 'year', o.school_year) order by o.school_year desc)
               from balance_tracks o where o.place_id = ${placeId} and o.state <> 'cancelled'
           ), '[]') as years,
           (
             select count(*)::int from province_publications p
              where p.place_id = ${placeId} and p.period_id = ${periodId} and p.standard_key = ${standardKey}
                and p.replaced_at is not null
           ) as replaced`.execute(db);
  const { report, rounds, causes, planYears, years, replaced } = found.rows[0]!;
  return {
    report:
      report === null
        ? undefined
        : { ...report, preparedAt: timeOf(report.preparedAt), submittedAt: timeOf(report.submittedAt) },
    rounds: rounds.map((one) => ({ ...one, returnedAt: new Date(one.returnedAt) })),
    causes: causes.map((cause) => ({ ...cause, at: new Date(cause.at) })),
    planYears: planYears.map((one) => ({ ...one, enteredAt: new Date(one.enteredAt) })),
    ...{ years, replaced },
  };
}
