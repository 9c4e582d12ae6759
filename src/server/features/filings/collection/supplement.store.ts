import { sql } from 'kysely';
import type { FilingHandle } from '../filing.store.ts';

/** The schools that stand on the list of a collection, whether they owe or not. */
export async function findListedSchools(db: FilingHandle, collectionId: number): Promise<Set<number>> {
  const found = await db
    .selectFrom('collection_subjects')
    .where('collection_id', '=', collectionId)
    .where('subject_type', '=', 'school')
    .select('subject_id')
    .execute();
  return new Set(found.map((row) => row.subject_id));
}

/** Gives new filings a day of their own, because the day of the list lies behind or too near. */
export async function writeOwnDay(
  db: FilingHandle,
  filings: readonly { readonly countyId: number; readonly id: string }[],
  until: string,
): Promise<void> {
  for (const { countyId, id } of filings) {
    await sql`
      update filings f set deadline_extension = ${until}::date where f.place_id = ${countyId} and f.id = ${id}
      returning f.id`.execute(db);
  }
}
