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

/** The posts at the subject whose holders confirm, but for those of one person: whoever submitted does not confirm. */
export async function listConfirmingPosts(
  db: EvaluationHandle,
  { placeId, schoolId }: Pick<Evaluation, 'placeId' | 'schoolId'>,
  exceptId: string,
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select g.id from grants g
      join roles r on r.key = g.role_key and 'evaluation.confirm' = any (r.permissions)
      join people p on p.id = g.person_id and p.status = 'active'
     where g.revoked_at is null and g.person_id <> ${exceptId}::uuid
       and case when ${schoolId}::int is null then g.unit_id = ${placeId}::int else g.school_id = ${schoolId}::int end
     order by g.id`.execute(db);
  return found.rows.map(({ id }) => id);
}
