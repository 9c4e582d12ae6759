import { sql } from 'kysely';
import { among } from '#platform/db/listing.ts';
import type { FilingHandle } from '../filing.store.ts';
import type { CollectionRow } from './collection.store.ts';

/** What of a school year is not ended when somebody means to archive it. */
export interface Unfinished {
  readonly unaccepted: number;
  readonly openTracks: number;
}

export async function countUnfinished(
  db: FilingHandle,
  places: readonly number[],
  { id, periodId }: Pick<CollectionRow, 'id' | 'periodId'>,
): Promise<Unfinished> {
  const found = await sql<Unfinished>`
    select (select count(*)::int from filings f
             where f.place_id = ${among(places)} and f.collection_id = ${id} and f.owes and f.state <> 'accepted') as unaccepted,
           (select count(*)::int from track_standings t
             where t.county_id = ${among(places)} and t.period_id = ${periodId} and t.state <> 'closed') as "openTracks"`.execute(
    db,
  );
  return found.rows[0]!;
}
