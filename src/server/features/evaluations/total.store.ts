import { sql } from 'kysely';
import type { LayerTotal } from '#domain/evaluation/points/score.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from './evaluation.store.ts';

/** By what a total was computed. */
export interface TotalCertificate {
  /** The digest of the edition. */
  readonly edition: string;
  readonly day: Day;
}

/**
 * The statement that writes the total of a layer for lists. While leaves are open it is what is there so far, with the ends
 * between which it still lies; an edition without points has none of them.
 */
export function totalWrite(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
  layer: 'self' | 'county' | 'city',
  { total, from, to }: LayerTotal,
  certificate: TotalCertificate,
  now: Date,
) {
  const between = total === null && from !== null ? JSON.stringify({ from, to }) : null;
  return sql`
    select write_total(${placeId}::int, ${id}::uuid, ${layer}, ${total ?? from}, ${between}::jsonb,
                       ${JSON.stringify(certificate)}::jsonb, ${now}::timestamptz)`.compile(db);
}

export async function writeTotal(...given: Parameters<typeof totalWrite>): Promise<void> {
  await given[0].executeQuery(totalWrite(...given));
}
