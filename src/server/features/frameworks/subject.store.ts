import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { among, beginsAsSearched, searched } from '#platform/db/listing.ts';
import type { FrameworkHandle } from './framework.store.ts';

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
