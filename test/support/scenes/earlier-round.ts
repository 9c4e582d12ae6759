import { randomUUID } from 'node:crypto';
import type { TestApp } from '../app.ts';
import type { JudgingScene } from './judging-scene.ts';

/**
 * An earlier round of the subject of an evaluation as its confirmation left it.
 * @param year its assessment year
 * @param results what the confirmation kept of it for later rounds
 * @param framework its edition, where it is another than that of the evaluation
 */
export async function layEarlier(
  owner: TestApp['owner'],
  { evaluationId }: Pick<JudgingScene, 'evaluationId'>,
  year: number,
  results: object,
  framework: string | null = null,
): Promise<void> {
  await owner.query(
    `insert into periods (kind, year, name, starts_on, ends_on)
     select 'calendar-year', $1::int, $1 || '年', make_date($1::int, 1, 1), make_date($1::int, 12, 31)
      where not exists (select 1 from periods where kind = 'calendar-year' and year = $1::int)`,
    [year],
  );
  await owner.query(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
       framework_key, framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, state, opened_at,
       updated_at, released_at, decided_on, total, conclusion, results)
     select place_id, $1, campaign_place_id, campaign_id, kind, title, $2, $2, coalesce($5, framework_key), framework_revision,
            framework_hash, unit_id, subject_name, lead_unit_id, rules, 'rectification', 'closed', opened_at, updated_at, now(),
            '2024-06-01', '70', '合格', $3
       from evaluations where id = $4`,
    [randomUUID(), year, JSON.stringify(results), evaluationId, framework],
  );
}
