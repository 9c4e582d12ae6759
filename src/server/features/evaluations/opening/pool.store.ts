import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { RegisteredPost, RegisteredRelation } from '#domain/inspection/declared.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';

/** An entry of a register of inspectors, with what the rule of avoidance asks. */
export interface Registered {
  readonly personId: string;
  readonly kind: InspectorKind;
  readonly serving: boolean;
  /** The last day of the newest term; null where it has no end. */
  readonly termTo: Day | null;
  readonly posts: RegisteredPost[];
  readonly relations: RegisteredRelation[];
}

/**
 * The entries of some people in the registers in reach, whoever is at work first, an inspector before an expert, and whoever
 * serves the longest. An inspector who is no more still avoids what he avoided.
 */
export async function listRegistered(
  db: EvaluationHandle,
  scope: Pick<Scope, 'places'>,
  personIds: readonly string[],
): Promise<Registered[]> {
  if (personIds.length === 0) return [];
  const found = await sql<Registered>`
    select i.person_id as "personId", i.kind, i.state = 'serving' as serving, i.term_to as "termTo", i.posts, i.relations
      from inspector_pool i
     where i.place_id = ${among(scope.places)} and i.person_id = any(${[...personIds]}::uuid[])
     order by i.state <> 'serving', i.kind = 'expert', i.term_to desc nulls first, i.place_id, i.inspector_id`.execute(
    db,
  );
  return found.rows;
}
