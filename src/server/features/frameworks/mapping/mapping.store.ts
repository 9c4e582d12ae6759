import { sql } from 'kysely';
import type { FrameworkHandle } from '../framework.store.ts';

/** Two published editions, from the first to the second. */
export interface MappedEditions {
  readonly fromKey: string;
  readonly fromRevision: number;
  readonly toKey: string;
  readonly toRevision: number;
}

/** What a city has decided: the code of the leaf by the code of the leaf that it carries to; null for none. */
export interface StoredMapping {
  readonly id: string;
  readonly pairs: Readonly<Record<string, string | null>>;
  readonly revision: number;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

const columns = sql`id, pairs, revision, updated_by as "updatedBy", updated_at as "updatedAt"`;

const isOf = (placeId: number, of: MappedEditions) => sql`
  place_id = ${placeId} and from_key = ${of.fromKey} and from_revision = ${of.fromRevision}
  and to_key = ${of.toKey} and to_revision = ${of.toRevision}`;

/** The mapping of two editions as the city has decided it. */
export async function findMapping(
  db: FrameworkHandle,
  placeId: number,
  of: MappedEditions,
): Promise<StoredMapping | undefined> {
  const found = await sql<StoredMapping>`
    select ${columns} from framework_mappings where ${isOf(placeId, of)}`.execute(db);
  return found.rows[0];
}

/** The same, kept until the transaction ends. */
export async function lockMapping(
  db: FrameworkHandle,
  placeId: number,
  of: MappedEditions,
): Promise<StoredMapping | undefined> {
  const found = await sql<StoredMapping>`
    select ${columns} from framework_mappings where ${isOf(placeId, of)} for update`.execute(db);
  return found.rows[0];
}

interface WrittenMapping {
  readonly placeId: number;
  readonly id: string;
  readonly pairs: Readonly<Record<string, string | null>>;
  readonly at: Date;
  readonly by: string;
}

/** Writes the first mapping of two editions; false where somebody else has written one meanwhile. */
export async function insertMapping(db: FrameworkHandle, of: MappedEditions, one: WrittenMapping): Promise<boolean> {
  const written = await sql`
    insert into framework_mappings
      (place_id, id, from_key, from_revision, to_key, to_revision, pairs, created_by, created_at, updated_by, updated_at)
    values (${one.placeId}, ${one.id}, ${of.fromKey}, ${of.fromRevision}, ${of.toKey}, ${of.toRevision},
            ${JSON.stringify(one.pairs)}, ${one.by}, ${one.at}, ${one.by}, ${one.at})
    on conflict (place_id, from_key, from_revision, to_key, to_revision) do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}

/** Writes a locked mapping anew. */
export async function updateMapping(db: FrameworkHandle, one: WrittenMapping): Promise<void> {
  await sql`
    update framework_mappings
       set pairs = ${JSON.stringify(one.pairs)}, revision = revision + 1, updated_at = ${one.at}, updated_by = ${one.by}
     where place_id = ${one.placeId} and id = ${one.id}`.execute(db);
}
