import { sql } from 'kysely';
import type { LeavingPost, OpenWorkRow, PassedWork } from '#core/access/pass-work.ts';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { type EvaluationHandle, stateColumn } from '../evaluation.store.ts';

export const leavesKind = 'evaluations.leaves';

/** How many evaluations have leaves that are given to the person. */
export function openLeaves({ personId, placeId, schoolId }: LeavingPost): Fragment<OpenWorkRow> {
  return sql`
    select ${sql.lit(leavesKind)} as kind, n::int as count, n::int as passing, null::int as held,
           array[${placeId}::int] as places
      from open_leaves_of(${personId}::uuid, ${placeId}::int, ${schoolId}::int) as n where n > 0`;
}

/** An evaluation of which leaves changed hands. */
export interface PassedEvaluation {
  readonly type: 'evaluation';
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly id: string;
  readonly title: string;
  readonly subjectName: string;
  readonly state: EvaluationState;
}

/** The leaves of evaluations that have not ended get the other person. */
export async function writePassedLeaves(
  db: EvaluationHandle,
  { places, schoolId, from, to }: PassedWork & { readonly places: readonly number[] },
): Promise<PassedEvaluation[]> {
  const passed = await sql<PassedEvaluation>`
    with changed as (
      update evaluation_leaves l set responsible_id = ${to.id}::uuid
        from evaluations e
       where l.place_id = any(${[...places]}::int[]) and l.responsible_id = ${from.id}::uuid and e.place_id = l.place_id
         and e.id = l.evaluation_id and e.state = 'open' and e.school_id is not distinct from ${schoolId}::int
      returning l.place_id, l.evaluation_id)
    select 'evaluation' as type, e.place_id as "placeId", e.school_id as "schoolId", e.id, e.title,
           e.subject_name as "subjectName", ${stateColumn} as state
      from evaluations e
     where exists (select 1 from changed c where c.place_id = e.place_id and c.evaluation_id = e.id)
     order by e.place_id, e.id`.execute(db);
  return passed.rows;
}
