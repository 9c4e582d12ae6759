import { sql } from 'kysely';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** An earlier round of the same subject that was decided. */
export interface EarlierRound {
  readonly id: string;
  readonly campaignId: string;
  readonly campaignPlaceId: number;
  readonly frameworkKey: string;
  readonly frameworkRevision: number;
  readonly frameworkHash: string;
  readonly assessmentYear: number;
  readonly total: string | null;
  readonly conclusion: string | null;
}

/** The decided rounds of a subject before this one, the latest first. */
export async function listEarlierRounds(
  db: EvaluationHandle,
  { placeId, id, unitId, schoolId }: Pick<Evaluation, 'placeId' | 'id' | 'unitId' | 'schoolId'>,
  most: number,
): Promise<EarlierRound[]> {
  const found = await sql<EarlierRound>`
    select e.id, e.campaign_id as "campaignId", e.campaign_place_id as "campaignPlaceId", e.framework_key as "frameworkKey",
           e.framework_revision as "frameworkRevision", e.framework_hash as "frameworkHash",
           e.assessment_year as "assessmentYear", e.total, e.conclusion
      from evaluations e
     where e.place_id = ${placeId} and e.unit_id = ${unitId} and e.school_id is not distinct from ${schoolId}::int
       and e.id <> ${id} and e.decided_on is not null
     order by e.assessment_year desc, e.decided_on desc limit ${most}`.execute(db);
  return found.rows;
}
