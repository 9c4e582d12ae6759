import { type CompiledQuery, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { mostWaitingImports } from '#domain/kit/bounds.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

export type ImportHandle = Handle<'imports'>;

/** The place of a table that waits to be taken. */
export interface ImportPlace {
  /** 0: nowhere; the table belongs to the person who uploaded it. */
  readonly placeId: number;
  /** Null for the table of a whole place. */
  readonly schoolId: number | null;
  /** The subject of the table, where there is one: `filing`. */
  readonly subject: { readonly type: string; readonly id: string } | null;
}

export interface StoredImport<Preview, Content> {
  readonly id: string;
  readonly placeId: number;
  readonly expiresAt: Date;
  readonly takenAt: Date | null;
  /** The data with which the check compared. */
  readonly stamp: string;
  readonly preview: Preview;
  readonly content: Content;
}

/** The kind of an import, and the person and the post for which it was previewed. */
export interface ImportRef {
  readonly kind: string;
  readonly id: string;
  readonly createdBy: string;
  /** The grant of the post at work; null where the person worked in none. */
  readonly postId: string | null;
}

/**
 * Stores a checked table until it is taken or expires. Deletes expired ones, and the oldest ones of this person and kind
 * that nobody took: otherwise one person could fill the disk within a day.
 */
export async function insertImport(
  db: ImportHandle,
  given: ImportPlace &
    Omit<ImportRef, 'id'> & {
      readonly fileName: string;
      readonly fileHash: string;
      readonly now: Date;
      readonly expiresAt: Date;
      readonly stamp: string;
      /** Preview and content, as JSON. */
      readonly kept: string;
    },
): Promise<string> {
  await endOldestWaiting(db, given);
  await deleteExpiredImports(db, given.now);
  const id = newId();
  await db
    .insertInto('imports')
    .values({
      place_id: given.placeId,
      id,
      kind: given.kind,
      subject_type: given.subject?.type ?? null,
      subject_id: given.subject?.id ?? null,
      school_id: given.schoolId,
      file_name: given.fileName,
      file_hash: given.fileHash,
      stamp: given.stamp,
      created_by: given.createdBy,
      post_id: given.postId,
      created_at: given.now,
      expires_at: given.expiresAt,
      content: given.kept,
    })
    .execute();
  return id;
}

/**
 * Lets the oldest tables that wait for this person expire, so that one more has room. They are found first, because a
 * distributed database changes a limited number of rows in one place only.
 */
async function endOldestWaiting(
  db: ImportHandle,
  { createdBy, kind }: Pick<ImportRef, 'createdBy' | 'kind'>,
): Promise<void> {
  const oldest = await db
    .selectFrom('imports')
    .where('created_by', '=', createdBy)
    .where('kind', '=', kind)
    .where('taken_at', 'is', null)
    .orderBy('id', 'desc')
    .offset(mostWaitingImports - 1)
    .select(['place_id', 'id'])
    .execute();
  for (const { place_id, id } of oldest) {
    await db
      .updateTable('imports')
      .set({ expires_at: new Date(0) })
      .where('place_id', '=', place_id)
      .where('id', '=', id)
      // Somebody may be taking it now.
      .where('taken_at', 'is', null)
      .execute();
  }
}

const columns = sql`
  id, place_id as "placeId", expires_at as "expiresAt", taken_at as "takenAt", stamp, content -> 'preview' as preview`;

const contentColumn = sql`content -> 'content' as content`;

/** A preview shows what one post may write; the same person in another post makes a preview of her own. */
function isMeant({ kind, id, createdBy, postId }: ImportRef) {
  return sql`id = ${id} and created_by = ${createdBy} and post_id is not distinct from ${postId}::uuid and kind = ${kind}`;
}

/** The first wall: imports that lie in no place or in one that the person reaches. */
function isMeantWithin(scope: Scope, of: ImportRef) {
  return sql`${isMeant(of)} and place_id = any(${[0, ...scope.places]}::int[])`;
}

/**
 * An import of this person in this post, without its content. Only imports that lie in no place or in the person's own are found.
 */
export async function findImport<Preview>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<Omit<StoredImport<Preview, never>, 'content'> | undefined> {
  const found = await sql<StoredImport<Preview, never>>`
    select ${columns} from imports where ${isMeantWithin(scope, of)}`.execute(db);
  return found.rows[0];
}

/** The same with the data that taking or marking it needs. */
export async function findWholeImport<Preview, Content>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<StoredImport<Preview, Content> | undefined> {
  const found = await sql<StoredImport<Preview, Content>>`
    select ${columns}, ${contentColumn} from imports where ${isMeantWithin(scope, of)}`.execute(db);
  return found.rows[0];
}

/** The same, locked until the transaction ends, so that a confirmation sent twice takes it once. */
export async function lockImport<Preview, Content>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<StoredImport<Preview, Content> | undefined> {
  // Looks up its place first: a lock is taken at one shard.
  const { rows } = await sql<{ placeId: number }>`
    select place_id as "placeId" from imports where ${isMeantWithin(scope, of)}`.execute(db);
  const [place] = rows;
  if (!place) return undefined;
  const locked = await sql<StoredImport<Preview, Content>>`
    select ${columns}, ${contentColumn} from imports
     where ${isMeant(of)} and place_id = ${place.placeId} for update`.execute(db);
  return locked.rows[0];
}

/** The statement that marks a locked import as taken; nothing depends on its result. */
export function takenWrite(
  db: ImportHandle,
  { placeId, id }: { readonly placeId: number; readonly id: string },
  now: Date,
): CompiledQuery {
  return db
    .updateTable('imports')
    .set({ taken_at: now })
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .compile();
}

/**
 * Deletes imports that nobody can take any more, wherever they lie; the database ensures that nothing else is deleted.
 */
export async function deleteExpiredImports(db: ImportHandle, now: Date): Promise<void> {
  await sql`select delete_expired_imports(${now})`.execute(db);
}
