import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { among } from '#platform/db/listing.ts';
import type { FrameworkHandle } from '../framework.store.ts';

/** Whose facts are asked: a unit or a school, and the place where its rows lie. */
export interface QuestionSubject {
  readonly type: 'unit' | 'school';
  readonly id: number;
  readonly name: string;
  readonly placeId: number;
  /** What a unit is; null for a school. */
  readonly kind: 'county' | 'city' | null;
}

/** A unit or a school within reach; undefined where it is none that facts are asked of. */
export async function findQuestionSubject(
  db: FrameworkHandle,
  scope: Scope,
  { type, id }: { readonly type: 'unit' | 'school'; readonly id: number },
): Promise<QuestionSubject | undefined> {
  if (type === 'school') {
    const found = await sql<{ name: string; placeId: number }>`
      select name, county_id as "placeId" from schools where id = ${id} and county_id = ${among(scope.places)}
         and (${scope.schools === null} or id = any (${[...(scope.schools ?? [])]}::int[]))`.execute(db);
    const school = found.rows[0];
    return school && { type, id, kind: null, ...school };
  }
  if (scope.schools !== null || !scope.places.includes(id)) return undefined;
  const unit = await db.selectFrom('org_units').select(['kind', 'name']).where('id', '=', id).executeTakeFirst();
  if (unit?.kind !== 'county' && unit?.kind !== 'city') return undefined;
  return { type, id, name: unit.name, placeId: id, kind: unit.kind };
}

/** The contents of published editions, by their digests. */
export async function listDefinitions(
  db: FrameworkHandle,
  hashes: readonly string[],
): Promise<Array<{ readonly hash: string; readonly definition: Record<string, unknown> }>> {
  if (hashes.length === 0) return [];
  const found = await sql<{ hash: string; definition: Record<string, unknown> }>`
    select distinct on (hash) hash, definition from framework_editions where hash = any (${[...hashes]}::text[])
     order by hash, key, revision`.execute(db);
  return found.rows;
}
