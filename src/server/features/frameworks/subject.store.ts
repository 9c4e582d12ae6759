import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { among, beginsAsSearched, searched } from '#platform/db/listing.ts';
import type { FactSubject } from './facts.store.ts';
import type { FrameworkHandle } from './framework.store.ts';

/** A unit or a school within reach, with its members; undefined where nobody may try an edition by it here. */
export async function findTrialSubject(
  db: FrameworkHandle,
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

/** How many schools a search offers. */
const mostFound = 20;

/** Schools within reach whose names or codes hold every typed word, or the one of a number. */
export async function listFoundSchools(
  db: FrameworkHandle,
  scope: Scope,
  { search, id }: { readonly search: string; readonly id?: number | undefined },
): Promise<Array<{ id: number; name: string; unitName: string }>> {
  const found = await sql<{ id: number; name: string; unitName: string }>`
    select s.id, s.name, u.short_name as "unitName" from schools s join org_units u on u.id = s.county_id
     where s.county_id = ${among(scope.places)}
       and (${scope.schools === null} or s.id = any (${[...(scope.schools ?? [])]}::int[]))
       and ${searched(sql`s.search`, search)} and (${id ?? null}::int is null or s.id = ${id ?? null}::int)
     order by ${beginsAsSearched(sql`s.name`, search)} desc, s.name collate "zh-x-icu", s.id
     limit ${mostFound}`.execute(db);
  return found.rows;
}
