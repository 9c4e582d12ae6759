import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import type { FactSubject } from './facts.store.ts';

/** A unit or a school within reach, with its members; undefined where it is not within reach, or no edition is for it. */
export async function findFactSubject(
  db: Handle<never, 'schools' | 'org_units'>,
  scope: Scope,
  { type, id }: { readonly type: 'unit' | 'school'; readonly id: number },
): Promise<FactSubject | undefined> {
  if (type === 'school') {
    const found = await sql`
      select 1 from schools where id = ${id} and county_id = ${among(scope.places)}
        and (${scope.schools === null} or id = any (${[...(scope.schools ?? [])]}::int[]))`.execute(db);
    return found.rows.length === 0 ? undefined : { type, id, members: null };
  }
  if (scope.schools !== null || !scope.places.includes(id)) return undefined;
  const unit = await db.selectFrom('org_units').select('kind').where('id', '=', id).executeTakeFirst();
  if (unit?.kind === 'county') return { type, id, members: { type: 'school', places: [id] } };
  const counties = scope.places.filter((place) => place !== id);
  return unit?.kind === 'city' ? { type, id, members: { type: 'unit', places: counties } } : undefined;
}
