import { sql } from 'kysely';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** Another subject of a campaign, and whether the city has settled all of its leaves. */
export interface RoundStanding {
  readonly id: string;
  readonly name: string;
  readonly settled: boolean;
}

/**
 * The other subjects of a campaign that were not cancelled, in the order of their names. What is hidden from the person is not settled
 * for him: a place that he could compute would tell what others gave.
 */
export async function listRoundStanding(
  db: EvaluationHandle,
  places: readonly number[],
  { id, campaignPlaceId, campaignId }: Pick<Evaluation, 'id' | 'campaignPlaceId' | 'campaignId'>,
): Promise<RoundStanding[]> {
  const found = await sql<RoundStanding>`
    select e.id, e.subject_name as name, not exists (
             select 1 from evaluation_leaves l
              where l.place_id = e.place_id and l.evaluation_id = e.id and l.applies is distinct from false and not exists (
                select 1 from evaluation_points p
                 where p.place_id = ${campaignPlaceId} and p.evaluation_id = e.id and p.code = l.code and p.layer = 'city'
                   and p.voided_at is null)) as settled
      from evaluations e
     where e.place_id = any(${[...places]}::int[]) and e.campaign_place_id = ${campaignPlaceId}
       and e.campaign_id = ${campaignId}::uuid and e.id <> ${id} and e.state <> 'cancelled'
     order by e.subject_name, e.id`.execute(db);
  return found.rows;
}
