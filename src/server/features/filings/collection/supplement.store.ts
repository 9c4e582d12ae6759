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
