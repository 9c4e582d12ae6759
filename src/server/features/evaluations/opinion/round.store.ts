import { sql } from 'kysely';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type Evaluation, type EvaluationHandle, stateColumn } from '../evaluation.store.ts';
import type { ResultRows } from './result.store.ts';

/** A campaign by its place. */
export type RoundKey = Pick<Evaluation, 'campaignPlaceId' | 'campaignId'>;

/** A subject of a campaign, and how far its result is. */
export interface RoundStanding {
  readonly id: string;
  readonly name: string;
  readonly state: EvaluationState;
  /** Whether the city has settled all of its leaves. */
  readonly settled: boolean;
  readonly releasedAt: Date | null;
  /** Whether its points may still change: nothing was fed back, it may still state something, or it was right in what it stated. */
  readonly isHeard: boolean;
}

/** The subjects of a campaign that were not cancelled. */
const ofRound = (places: readonly number[], { campaignPlaceId, campaignId }: RoundKey) => sql`
  e.place_id = any(${[...places]}::int[]) and e.campaign_place_id = ${campaignPlaceId}
  and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled'`;

/**
 * The subjects of a campaign in the order of their names. What is hidden from the person is not settled for him: a place that he could
 * compute would tell what others gave.
 */
export async function listRoundStanding(
  db: EvaluationHandle,
  places: readonly number[],
  round: RoundKey,
  today: Day,
): Promise<RoundStanding[]> {
  const found = await sql<RoundStanding>`
    select e.id, e.subject_name as name, ${stateColumn} as state, e.released_at as "releasedAt", not exists (
             select 1 from evaluation_leaves l
              where l.place_id = e.place_id and l.evaluation_id = e.id and l.applies is distinct from false and not exists (
                select 1 from evaluation_points p
                 where p.place_id = ${round.campaignPlaceId} and p.evaluation_id = e.id and p.code = l.code and p.layer = 'city'
                   and p.voided_at is null)) as settled,
           e.released_at is null or said.open or said.accepted
             or e.step = 'statement' and e.statement_due >= ${today}::date and not said.waived as "isHeard"
      from evaluations e, lateral (
        select coalesce(bool_or(not s.waived and s.answered_on is null), false) as open,
               coalesce(bool_or(not s.waived and s.accepted), false) as accepted,
               coalesce(bool_or(s.waived and s.answered_on is null), false) as waived
          from evaluation_statements s where s.place_id = e.place_id and s.evaluation_id = e.id) said
     where ${ofRound(places, round)}
     order by e.subject_name, e.id`.execute(db);
  return found.rows;
}

/** One subject of a campaign with what stands at its leaves. */
export interface RoundRows extends ResultRows {
  readonly id: string;
  readonly name: string;
  readonly placeId: number;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly assessmentYear: number;
  readonly frameworkKey: string;
  readonly frameworkRevision: number;
  readonly frameworkHash: string;
  readonly generated: Evaluation['generated'];
  readonly releasedAt: Date | null;
  readonly decidedOn: Day | null;
  readonly conclusion: string | null;
}

/** What stands at the leaves of all subjects of a campaign, in one statement however many they are. */
export async function listRoundRows(
  db: EvaluationHandle,
  places: readonly number[],
  round: RoundKey,
): Promise<RoundRows[]> {
  const found = await sql<RoundRows>`
    with subjects as materialized (select e.* from evaluations e where ${ofRound(places, round)}),
         leaves as (
      select l.evaluation_id, jsonb_agg(jsonb_build_object('code', l.code, 'applies', l.applies, 'facts', l.facts)) as leaves
        from evaluation_leaves l
       where l.place_id = any(${[...places]}::int[]) and l.evaluation_id in (select s.id from subjects s)
       group by l.evaluation_id),
         points as (
      select p.evaluation_id, jsonb_agg(jsonb_build_object('code', p.code, 'layer', p.layer, 'points', p.points,
               'answer', p.answer - 'trace', 'reason', '')) as points
        from evaluation_points p
       where p.place_id = any(${[...places, round.campaignPlaceId]}::int[]) and p.voided_at is null
         and p.evaluation_id in (select s.id from subjects s)
       group by p.evaluation_id)
    select e.id, e.subject_name as name, e.place_id as "placeId", e.unit_id as "unitId", e.school_id as "schoolId",
           e.assessment_year as "assessmentYear", e.framework_key as "frameworkKey", e.framework_revision as "frameworkRevision",
           e.framework_hash as "frameworkHash", e.generated, e.released_at as "releasedAt", e.decided_on as "decidedOn", e.conclusion,
           coalesce(l.leaves, '[]') as leaves, coalesce(p.points, '[]') as points, o.certificate
      from subjects e
      left join leaves l on l.evaluation_id = e.id
      left join points p on p.evaluation_id = e.id
      left join evaluation_opinions o on o.place_id = ${round.campaignPlaceId} and o.evaluation_id = e.id
     order by e.subject_name, e.id`.execute(db);
  return found.rows;
}
