import { sql } from 'kysely';
import { mostUploadBytes, mostUploads, uploadDays } from '#domain/file/upload-bounds.ts';
import type { Handle } from '#platform/db/handle.ts';
import { lockName } from '#platform/db/named-lock.ts';

export type UploadHandle = Handle<'uploads'>;

/** A file that a person is bringing, or has brought. */
export interface StoredUpload {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  readonly state: 'pending' | 'whole' | 'refused';
  readonly fault: string | null;
  readonly mediaType: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const columns = sql`id, name, size, received, state, fault, media_type as "mediaType", created_at as "createdAt",
  expires_at as "expiresAt"`;

/** The person's own upload with this id; the row policy shows no other. */
export async function findUpload(db: UploadHandle, personId: string, id: string): Promise<StoredUpload | undefined> {
  const { rows } = await sql<StoredUpload>`
    select ${columns} from uploads
     where id = ${id} and owner_kind = 'person' and owner_id = ${personId} and expires_at > now()`.execute(db);
  return rows[0];
}

/** The person's uploads that are not attached yet, the newest first. */
export async function listUploads(db: UploadHandle, personId: string): Promise<StoredUpload[]> {
  const { rows } = await sql<StoredUpload>`
    select ${columns} from uploads
     where owner_kind = 'person' and owner_id = ${personId} and expires_at > now()
     order by created_at desc, id limit 100`.execute(db);
  return rows;
}

/** How many bytes all uploads under way still miss, and whether this person may begin one more of this size. */
export async function countUploads(
  db: UploadHandle,
  size: number,
): Promise<{ readonly missing: number; readonly mayBegin: boolean }> {
  const { rows } = await sql<{ count: number; own: number; missing: number }>`
    select own_count as count, own_bytes::double precision as own, all_missing::double precision as missing
      from uploads_under_way()`.execute(db);
  const { count, own, missing } = rows[0]!;
  return { missing, mayBegin: count < mostUploads && own + size <= mostUploadBytes };
}

/** Enters an upload; false where its id is taken. Requests of one person come one after another. */
export async function insertUpload(
  db: UploadHandle,
  personId: string,
  { id, name, size }: { readonly id: string; readonly name: string; readonly size: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into uploads (id, owner_kind, owner_id, name, size, expires_at)
    values (${id}, 'person', ${personId}, ${name}, ${size}, now() + make_interval(days => ${uploadDays}))
    on conflict (id) do nothing returning id`.execute(db);
  return rows.length > 0;
}

/** Lets the requests of one person to begin an upload wait for each other until the transaction ends. */
export async function lockUploadsOf(db: UploadHandle, personId: string): Promise<void> {
  await lockName(db, `uploads ${personId}`);
}

/** Notes how far an upload has come, for the list of what is under way. */
export async function writeReceived(db: UploadHandle, id: string, received: number): Promise<void> {
  await sql`update uploads set received = least(size, ${received}::bigint) where id = ${id} and state = 'pending'`.execute(
    db,
  );
}

export async function writeRefused(db: UploadHandle, id: string, fault: string): Promise<void> {
  await sql`update uploads set state = 'refused', fault = ${fault} where id = ${id} and state = 'pending'`.execute(db);
}

export async function deleteUpload(db: UploadHandle, id: string): Promise<void> {
  await sql`delete from uploads where id = ${id}`.execute(db);
}

/**
 * Marks an own upload as whole under the lock of its content, which is kept until the transaction ends.
 * @returns what a scanner said of the same content before; undefined where the upload does not wait any more
 */
export async function writeKept(
  db: UploadHandle,
  { id, hash, mediaType }: { readonly id: string; readonly hash: string; readonly mediaType: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ scan: string | null }>`select keep_upload(${id}, ${hash}, ${mediaType}) as scan`.execute(
    db,
  );
  return rows[0]?.scan ?? undefined;
}

/** Writes what a scanner said of a content. */
export async function writeScan(db: UploadHandle, hash: string, said: string): Promise<void> {
  await sql`select write_scan(${hash}, ${said})`.execute(db);
}

/** The contents that a scanner looks at next. */
export async function listUnscanned(db: UploadHandle, most: number): Promise<{ hash: string; size: number }[]> {
  const { rows } = await sql<{ hash: string; size: number }>`select hash, size from contents_to_scan(${most})`.execute(
    db,
  );
  return rows;
}

/** Removes what has expired, of everybody; the database sees that nothing else goes. */
export async function deleteExpiredUploads(db: UploadHandle, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from delete_expired_uploads(${now}) as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Which of these ids are uploads of somebody. */
export async function findKnownUploads(db: UploadHandle, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from known_uploads(${[...ids]}::uuid[]) as id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Which of these contents are known. */
export async function findKnownContents(db: UploadHandle, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`select hash from known_contents(${[...hashes]}::text[]) as hash`.execute(
    db,
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** Contents that nothing holds, in the order of their hashes, behind the last of the batch before. */
export async function listTidyContents(db: UploadHandle, behind: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`select hash from contents_to_tidy(${behind}, ${most}) as hash`.execute(
    db,
  );
  return rows.map(({ hash }) => hash);
}

/** Forgets a content under its lock; false where something holds it by now. */
export async function deleteContent(db: UploadHandle, hash: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`select delete_content(${hash}) as gone`.execute(db);
  return rows[0]!.gone;
}

/** Whether a content is known, asked under its lock. */
export async function isContentKnown(db: UploadHandle, hash: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select knows_content(${hash}) as known`.execute(db);
  return rows[0]!.known;
}
