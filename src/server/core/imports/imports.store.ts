import { type CompiledQuery, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

export type ImportHandle = Handle<'imports'>;

/** Where a table lies that waits to be taken. */
export interface ImportPlace {
  /** 0: nowhere; it belongs to whoever brought it. */
  readonly placeId: number;
  /** Null for the table of a whole place. */
  readonly schoolId: number | null;
  /** What the table is about, where that is one thing: `filing`. */
  readonly subject: { readonly type: string; readonly id: string } | null;
}

export interface StoredImport<Preview, Content> {
  readonly id: string;
  readonly placeId: number;
  readonly expiresAt: Date;
  readonly takenAt: Date | null;
  /** What the check compared with. */
  readonly stamp: string;
  readonly preview: Preview;
  readonly content: Content;
}

/** Whose import is meant, and of which kind. */
export interface ImportRef {
  readonly kind: string;
  readonly id: string;
  readonly createdBy: string;
}

/** Keeps a checked table until it is taken or expires; what has expired goes. */
export async function insertImport(
  db: ImportHandle,
  given: ImportPlace & {
    readonly kind: string;
    readonly fileName: string;
    readonly fileHash: string;
    readonly createdBy: string;
    readonly postId: string | null;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly stamp: string;
    readonly preview: unknown;
    readonly content: unknown;
  },
): Promise<string> {
  await deleteExpiredImports(db, given.now);
  const id = newId();
  const { preview, content } = given;
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
      content: JSON.stringify({ preview, content }),
    })
    .execute();
  return id;
}

const columns = sql`
  id, place_id as "placeId", expires_at as "expiresAt", taken_at as "takenAt", stamp, content -> 'preview' as preview`;

function isMeant({ kind, id, createdBy }: ImportRef) {
  return sql`id = ${id} and created_by = ${createdBy} and kind = ${kind}`;
}

/** An import of this person, without its content: only what lies in no place, or in the person's own. */
export async function findImport<Preview>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<Omit<StoredImport<Preview, never>, 'content'> | undefined> {
  const found = await sql<StoredImport<Preview, never>>`
    select ${columns} from imports where ${isMeant(of)} and place_id = any(${[0, ...scope.places]}::int[])`.execute(db);
  return found.rows[0];
}

/** The same with what taking or marking it needs. */
export async function findWholeImport<Preview, Content>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<StoredImport<Preview, Content> | undefined> {
  const found = await sql<StoredImport<Preview, Content>>`
    select ${columns}, content -> 'content' as content
      from imports where ${isMeant(of)} and place_id = any(${[0, ...scope.places]}::int[])`.execute(db);
  return found.rows[0];
}

/** The same, locked until the transaction ends, so that a confirmation sent twice takes it once. */
export async function lockImport<Preview, Content>(
  db: ImportHandle,
  scope: Scope,
  of: ImportRef,
): Promise<StoredImport<Preview, Content> | undefined> {
  // Its place first: a lock is taken at one shard.
  const { rows } = await sql<{ placeId: number }>`
    select place_id as "placeId"
      from imports where ${isMeant(of)} and place_id = any(${[0, ...scope.places]}::int[])`.execute(db);
  const [place] = rows;
  if (!place) return undefined;
  const locked = await sql<StoredImport<Preview, Content>>`
    select ${columns}, content -> 'content' as content
      from imports where ${isMeant(of)} and place_id = ${place.placeId} for update`.execute(db);
  return locked.rows[0];
}

/** The statement that marks a locked import as taken; its answer decides nothing. */
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

/** What nobody can take any more goes, wherever it lies; the database looks that nothing else does. */
export async function deleteExpiredImports(db: ImportHandle, now: Date): Promise<void> {
  await sql`select delete_expired_imports(${now})`.execute(db);
}
