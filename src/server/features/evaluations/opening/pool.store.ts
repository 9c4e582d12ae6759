import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { RegisteredPost, RegisteredRelation } from '#domain/inspection/declared.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** Who of the panel serves as an inspector or an expert and until when, by the registers in reach. */
export async function listInspectors(
  db: EvaluationHandle,
  scope: Pick<Scope, 'places'>,
  { id, campaignPlaceId }: Pick<Evaluation, 'id' | 'campaignPlaceId'>,
): Promise<Array<{ personId: string; kind: InspectorKind; termTo: Day | null }>> {
  const found = await sql<{ personId: string; kind: InspectorKind; termTo: Day | null }>`
    select distinct on (i.person_id) i.person_id as "personId", i.kind, i.term_to as "termTo" from inspector_pool i
     where i.place_id = ${among(scope.places)} and i.state = 'serving' and i.person_id in (
       select r.person_id from evaluation_reviewers r
        where r.place_id = ${campaignPlaceId} and r.evaluation_id = ${id} and r.ended_on is null)
     order by i.person_id, i.kind = 'expert', i.term_to desc nulls first, i.place_id, i.inspector_id`.execute(db);
  return found.rows;
}

/** What the registers in reach hold of the people of the panel; an inspector who is no more still avoids what he avoided. */
export async function listDeclared(
  db: EvaluationHandle,
  scope: Pick<Scope, 'places'>,
  personIds: readonly string[],
): Promise<Array<{ personId: string; posts: RegisteredPost[]; relations: RegisteredRelation[] }>> {
  if (personIds.length === 0) return [];
  const found = await sql<{ personId: string; posts: RegisteredPost[]; relations: RegisteredRelation[] }>`
    select i.person_id as "personId", i.posts, i.relations from inspector_pool i
     where i.place_id = ${among(scope.places)} and i.person_id = any(${[...personIds]}::uuid[])
     order by i.place_id, i.inspector_id`.execute(db);
  return found.rows;
}
