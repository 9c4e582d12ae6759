import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

type ImportHandle = Handle<'imports'>;

export interface StoredImport<Content> {
  readonly id: string;
  readonly placeId: number;
  readonly fileName: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly confirmedAt: Date | null;
  readonly content: Content;
}

/** Keeps a checked table until it is confirmed or expires; what has expired goes. */
export async function insertImport<Content>(
  db: ImportHandle,
  given: {
    /** What is imported: each feature takes back its own kinds alone. */
    readonly kind: string;
    readonly placeId: number;
    /** The one thing that the table is about; null for the table of a whole place. */
    readonly subject: { readonly type: string; readonly id: string } | null;
    readonly schoolId: number | null;
    readonly fileName: string;
    readonly fileHash: string;
    readonly createdBy: string;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly content: Content;
  },
): Promise<string> {
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
      created_by: given.createdBy,
      created_at: given.now,
      expires_at: given.expiresAt,
      content: JSON.stringify(given.content),
    })
    .execute();
  return id;
}

/** An import of this person; `lock` holds it, so that a confirmation sent twice writes once. */
export async function readImport<Content>(
  db: ImportHandle,
  scope: Scope,
  of: { readonly kind: string; readonly id: string; readonly createdBy: string; readonly lock: boolean },
): Promise<StoredImport<Content> | undefined> {
  const wanted = sql`
    select id, place_id as "placeId", file_name as "fileName", created_by as "createdBy", expires_at as "expiresAt",
           taken_at as "confirmedAt", content
      from imports
     where id = ${of.id} and created_by = ${of.createdBy} and kind = ${of.kind}`;
  const found = await sql<StoredImport<Content>>`
    ${wanted} and place_id = any(${[...scope.places]}::int[])`.execute(db);
  const [stored] = found.rows;
  if (!stored || !of.lock) return stored;
  const locked = await sql<StoredImport<Content>>`
    ${wanted} and place_id = ${stored.placeId} for update`.execute(db);
  return locked.rows[0];
}

export async function confirmImport(db: ImportHandle, placeId: number, id: string, now: Date): Promise<void> {
  await db.updateTable('imports').set({ taken_at: now }).where('place_id', '=', placeId).where('id', '=', id).execute();
}

/** What nobody can take over any more goes, wherever it lies; the database looks that nothing else does. */
export async function deleteExpiredImports(db: ImportHandle, now: Date): Promise<void> {
  await sql`select delete_expired_imports(${now})`.execute(db);
}
