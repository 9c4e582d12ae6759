import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { type Evaluation, type EvaluationHandle, evaluationColumns, within } from '../evaluation.store.ts';

/** One of the evaluations of a campaign in reach: all of them have its edition, its place and its year. */
export async function findAnyOf(
  db: EvaluationHandle,
  scope: Scope,
  campaignId: string,
  personId: string,
): Promise<Evaluation | undefined> {
  const found = await sql<Evaluation>`
    select ${evaluationColumns(personId)} from evaluations e
     where ${within(scope)} and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled'
     order by e.place_id, e.id limit 1`.execute(db);
  return found.rows[0];
}

/** Some evaluations in reach, in the order of their names. */
export async function listByIds(
  db: EvaluationHandle,
  scope: Scope,
  ids: readonly string[],
  personId: string,
): Promise<Evaluation[]> {
  const found = await sql<Evaluation>`
    select ${evaluationColumns(personId)} from evaluations e
     where ${within(scope)} and e.id = any(${[...ids]}::uuid[]) order by e.subject_name, e.id`.execute(db);
  return found.rows;
}

/** How many problems of their last rounds the subjects of a campaign have as leaves, each number once; null where none are kept. */
export async function listProblemCounts(
  db: EvaluationHandle,
  scope: Scope,
  campaignId: string,
): Promise<(number | null)[]> {
  const found = await sql<{ problems: number | null }>`
    select distinct jsonb_array_length(e.generated) as problems from evaluations e
     where ${within(scope)} and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled' order by 1`.execute(db);
  return found.rows.map(({ problems }) => problems);
}
