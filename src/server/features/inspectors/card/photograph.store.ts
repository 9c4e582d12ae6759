import { sql } from 'kysely';
import type { Inspector, InspectorHandle } from '../inspector.store.ts';

/** The content of a photograph, and what a scanner said of it. */
export interface PhotographRow {
  readonly inspectorId: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly scan: string;
}

/** The photographs that hang on entries of a place, of those that this person may see. */
export async function findPhotographs(
  db: InspectorHandle,
  placeId: number,
  ids: readonly string[],
): Promise<PhotographRow[]> {
  const found = await sql<PhotographRow>`
    select p.inspector as "inspectorId", p.hash, p.media_type as "mediaType", p.scan
      from photographs_of(${placeId}, ${[...ids]}::uuid[]) p`.execute(db);
  return found.rows;
}

/** Hangs an own upload on an entry as its photograph; false where it is no picture that is whole, or the entry is not this person's to write. */
export async function writePhotograph(
  db: InspectorHandle,
  { placeId, id }: Pick<Inspector, 'placeId' | 'id'>,
  uploadId: string,
  byName: string,
): Promise<boolean> {
  const hung = await sql<{ attachment: string | null }>`
    select hang_photograph(${uploadId}, ${placeId}, ${id}, ${byName}) as attachment`.execute(db);
  return hung.rows[0]?.attachment != null;
}
