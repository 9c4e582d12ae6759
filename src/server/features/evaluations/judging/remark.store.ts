import { sql } from 'kysely';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** What somebody of the panel said at a leaf, as far as the person may see it. */
export interface RemarkRow {
  readonly id: string;
  readonly personId: string;
  readonly author: string;
  readonly text: string;
  /** As text. */
  readonly at: string;
}

/** How many of the newest are shown; they stand in the order in which they were said. */
const mostShown = 200;

/** The thread of the panel at a leaf, as a part of a larger statement. */
export const remarksAt = ({ campaignPlaceId, id }: Pick<Evaluation, 'campaignPlaceId' | 'id'>, code: string) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'personId', m.person_id, 'author', m.author_name, 'text', m.body,
           'at', m.said_at) order by m.said_at, m.id), '[]')
    from (select m.id, m.person_id, m.author_name, m.body, m.said_at from evaluation_remarks m
           where m.place_id = ${campaignPlaceId} and m.evaluation_id = ${id} and m.code = ${code} and m.meant_for = 'panel'
           order by m.said_at desc, m.id desc limit ${mostShown}) m)`;

export async function listRemarks(db: EvaluationHandle, evaluation: Evaluation, code: string): Promise<RemarkRow[]> {
  const found = await sql<{ remarks: RemarkRow[] }>`select ${remarksAt(evaluation, code)} as remarks`.execute(db);
  return found.rows[0]!.remarks;
}

/** The branches above a leaf and its own code; undefined where the person does not reach it. */
export async function findNodes(
  db: EvaluationHandle,
  { placeId, id }: Evaluation,
  code: string,
): Promise<readonly string[] | undefined> {
  const found = await sql<{ nodes: string[] }>`
    select l.nodes from evaluation_leaves l
     where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.code = ${code}`.execute(db);
  return found.rows[0]?.nodes;
}

/** Writes a remark of the panel. False where this person still owes a blind score of the leaf, or the evaluation is over. */
export async function insertRemark(
  db: EvaluationHandle,
  { placeId, id, seat }: Evaluation,
  one: { readonly id: string; readonly code: string; readonly text: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const found = await sql<{ said: boolean }>`
    select add_remark(${placeId}::int, ${id}::uuid, ${one.code}, ${seat?.id ?? null}::uuid, ${one.id}::uuid, 'panel',
                      ${one.text}, ${one.by}, ${one.at}::timestamptz) as said`.execute(db);
  return found.rows[0]!.said;
}
