import { sql } from 'kysely';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

type Key = Pick<Evaluation, 'placeId' | 'id' | 'schoolId'>;

/** The statement by which the subject hands its self-evaluation in. */
export function handInWrite(
  db: EvaluationHandle,
  { placeId, id, schoolId }: Key,
  { round, personId, by }: { readonly round: number; readonly personId: string; readonly by: string },
  now: Date,
) {
  return db.insertInto('evaluation_handins').values({
    ...{ place_id: placeId, evaluation_id: id, round, school_id: schoolId },
    ...{ submitted_by: personId, submitted_by_name: by, submitted_at: now },
  });
}

/** The leader confirms what was handed in. */
export function confirmationWrite(
  db: EvaluationHandle,
  { placeId, id }: Key,
  { round, personId, by }: { readonly round: number; readonly personId: string; readonly by: string },
  now: Date,
) {
  return db
    .updateTable('evaluation_handins')
    .set({ confirmed_by: personId, confirmed_by_name: by, confirmed_at: now })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('round', '=', round);
}

export function takingBackWrite(db: EvaluationHandle, { placeId, id }: Key, round: number, now: Date) {
  return db
    .updateTable('evaluation_handins')
    .set({ taken_back_at: now })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('round', '=', round);
}

/** The evidence at the leaves of an evaluation stays as it is from now on: another version is another item. */
export function evidenceLocking(db: EvaluationHandle, { placeId, id }: Key, now: Date) {
  return sql`
    update evidence_items i set locked_at = ${now}
     where i.place_id = ${placeId} and i.locked_at is null
       and i.id in (select k.evidence_id from evidence_links k
                     where k.place_id = ${placeId} and k.evaluation_id = ${id} and k.evidence_place_id = ${placeId})`.compile(
    db,
  );
}
