import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

export interface Statement {
  readonly id: string;
  readonly text: string;
  readonly waived: boolean;
  readonly madeBy: string;
  readonly madeOn: Day;
  readonly answer: string | null;
  readonly accepted: boolean | null;
  readonly answeredBy: string | null;
  readonly answeredOn: Day | null;
}

export const statementJson = sql`jsonb_build_object(
  'id', s.id, 'text', s.body, 'waived', s.waived, 'madeBy', s.made_by_name, 'madeOn', s.made_on, 'answer', s.answer,
  'accepted', s.accepted, 'answeredBy', s.answered_by_name, 'answeredOn', s.answered_on)`;

/** The statement that writes what the subject states, or that it states nothing. */
export function statementWrite(
  db: EvaluationHandle,
  { placeId, schoolId, id }: Evaluation,
  one: { readonly id: string; readonly text: string; readonly waived: boolean; readonly by: string; readonly on: Day },
) {
  return db
    .insertInto('evaluation_statements')
    .values({
      ...{ place_id: placeId, evaluation_id: id, id: one.id, school_id: schoolId, body: one.text, waived: one.waived },
      ...{ made_by_name: one.by, made_on: one.on },
    })
    .compile();
}

/** A statement of this evaluation; undefined where there is none with this id. */
export async function findStatement(
  db: EvaluationHandle,
  { placeId, id }: Evaluation,
  statementId: string,
): Promise<{ answeredOn: Day | null } | undefined> {
  return await db
    .selectFrom('evaluation_statements')
    .select('answered_on as answeredOn')
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('id', '=', statementId)
    .where('waived', '=', false)
    .executeTakeFirst();
}

/** The statement that answers what the subject stated. */
export function answerWrite(
  db: EvaluationHandle,
  { placeId }: Pick<Evaluation, 'placeId'>,
  statementId: string,
  one: { readonly accepted: boolean; readonly answer: string; readonly by: string; readonly on: Day },
) {
  return db
    .updateTable('evaluation_statements')
    .set({ accepted: one.accepted, answer: one.answer, answered_by_name: one.by, answered_on: one.on })
    .where('place_id', '=', placeId)
    .where('id', '=', statementId)
    .compile();
}

/** What an ended waiver says. */
const fedBackAgain = '初步意见已重新反馈，请重新表示有没有申辩意见。';

/** The statement that ends the waivers of an evaluation: what follows is fed back anew, and the subject is heard again. */
export function waiversEnd(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evaluation, 'placeId' | 'id'>,
  { by, on }: { readonly by: string; readonly on: Day },
) {
  return db
    .updateTable('evaluation_statements')
    .set({ accepted: false, answer: fedBackAgain, answered_by_name: by, answered_on: on })
    .where('place_id', '=', placeId)
    .where('evaluation_id', '=', id)
    .where('waived', '=', true)
    .where('answered_on', 'is', null)
    .compile();
}
