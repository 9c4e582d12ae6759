import { sql } from 'kysely';
import { type Actor, type Scope, signatureOf } from '#domain/access/actor.ts';
import type { FileMark, MarkedFile, Openers } from '#domain/file/marked-file.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

export type AttachmentHandle = Handle<'attachments'>;

/** A file on a subject, as people see it. */
export interface Attachment extends MarkedFile {
  readonly id: string;
  readonly part: string | null;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly addedBy: string;
  readonly addedByName: string;
  readonly addedAt: Date;
  /** SHA-256 of the content. */
  readonly digest: string;
  readonly aboutDay: string | null;
  readonly note: string | null;
  readonly sensitive: string | null;
  readonly purpose: string | null;
  /** What a scanner said; null where the content is not there any more. */
  readonly scan: string | null;
}

/** The attachment, and the subject on which it hangs. */
export interface AttachmentRef extends MarkedFile {
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly name: string;
  readonly addedBy: string;
  readonly sensitive: string | null;
  readonly purpose: string | null;
}

/** What may be said of a file when it is attached. */
export interface AttachmentWords {
  readonly part: string | null;
  readonly aboutDay: string | null;
  readonly note: string | null;
  readonly sensitive: string | null;
  readonly purpose: string | null;
  readonly keepUntil: Day | null;
  readonly openers: Openers | null;
}

/** The day of a removal in China, as every office of the country counts days. */
const removedOn = sql`to_char(removed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`;

/** The files of a subject in their order; those of which the content was removed stand last. */
export async function listAttachments(db: AttachmentHandle, subject: SubjectRef): Promise<Attachment[]> {
  const { placeId, type, id } = subject;
  const { rows } = await sql<Omit<Attachment, 'scan'>>`
    select id, part, name, size, media_type as "mediaType", added_by as "addedBy", added_by_name as "addedByName",
           added_at as "addedAt", file_hash as digest, about_day as "aboutDay", note, sensitive, purpose, keep_until as "keepUntil", openers,
           ${removedOn} as "removedOn"
      from attachments
     where place_id = ${placeId} and subject_type = ${type} and subject_id = ${id} and detached_at is null
     order by removed_at is not null, position, id limit 200`.execute(db);
  if (rows.length === 0) return [];
  const scans = await sql<{ id: string; scan: string }>`
    select attachment as id, scan from scans_of(${type}, ${id}, ${placeId})`.execute(db);
  const scanOf = new Map(scans.rows.map((row) => [row.id, row.scan]));
  return rows.map((row) => ({ ...row, scan: scanOf.get(row.id) ?? null }));
}

/** How many files hang on a subject, beside those of which the content was removed. */
export async function countAttachments(db: AttachmentHandle, { placeId, type, id }: SubjectRef): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from attachments
     where place_id = ${placeId} and subject_type = ${type} and subject_id = ${id} and detached_at is null
       and removed_at is null`.execute(db);
  return rows[0]!.n;
}

/** An attachment within reach, whether it hangs or was taken off. */
export async function findAttachment(
  db: AttachmentHandle,
  scope: Scope,
  id: string,
  { detached }: { readonly detached: boolean },
): Promise<AttachmentRef | undefined> {
  const { rows } = await sql<AttachmentRef>`
    select id, place_id as "placeId", school_id as "schoolId", subject_type as "subjectType", subject_id as "subjectId",
           name, added_by as "addedBy", sensitive, purpose, keep_until as "keepUntil", openers,
           ${removedOn} as "removedOn"
      from attachments
     where id = ${id} and detached_at is ${detached ? sql`not null` : sql`null`}
       and (place_id = any(${[...scope.places]}::int[])
              and (${scope.schools === null} or school_id = any(${[...(scope.schools ?? [])]}::int[]))
            or campaign_id = any(${[...scope.campaigns]}::uuid[]) or seats && ${[...scope.campaigns]}::uuid[])`.execute(
    db,
  );
  return rows[0];
}

/** What the server needs to send the bytes of an attachment; it leaves the server nowhere. */
export interface AttachedContent extends AttachmentRef {
  readonly hash: string;
  readonly size: number;
  readonly mediaType: string;
  readonly scan: string;
}

/** The content of an attachment that hangs within reach. */
export async function findAttachedContent(db: AttachmentHandle, id: string): Promise<AttachedContent | undefined> {
  const { rows } = await sql<AttachedContent>`
    select ${id} as id, place_id as "placeId", school_id as "schoolId", subject_type as "subjectType",
           subject_id as "subjectId", hash, name, size, media_type as "mediaType", added_by as "addedBy", sensitive, purpose,
           keep_until as "keepUntil", openers, null as "removedOn", scan
      from open_attachment(${id})`.execute(db);
  return rows[0];
}

interface Attaching extends AttachmentWords {
  readonly subject: SubjectRef & { readonly campaignId?: string | null };
  readonly actor: Actor;
}

interface Attached {
  readonly id: string;
  /** False where the same file hung there already. */
  readonly added: boolean;
}

const subjectOf = ({ subject, part, actor, aboutDay, note, sensitive, purpose, keepUntil, openers }: Attaching) => sql`
  ${subject.placeId}, ${subject.type}, ${subject.id}, ${subject.schoolId}, ${part}, ${subject.campaignId ?? null},
  ${signatureOf(actor)}, ${aboutDay}, ${note}, ${sensitive}, ${purpose}, ${keepUntil}, ${openers}`;

/** Attaches an own upload; undefined where there is none that is whole, or its content is not there any more. */
export async function writeAttached(
  db: AttachmentHandle,
  uploadId: string,
  attaching: Attaching,
): Promise<Attached | undefined> {
  const { rows } = await sql<Attached>`
    select attachment as id, added from attach_upload(${uploadId}, ${subjectOf(attaching)})`.execute(db);
  return rows[0];
}

/** Attaches the file of another attachment within reach; undefined where its content is not there any more. */
export async function writeAttachedAgain(
  db: AttachmentHandle,
  from: Pick<AttachmentRef, 'placeId' | 'id'>,
  attaching: Attaching,
): Promise<Attached | undefined> {
  const { rows } = await sql<Attached>`
    select attachment as id, added from attach_again(${from.placeId}, ${from.id}, ${subjectOf(attaching)})`.execute(db);
  return rows[0];
}

/** Takes an attachment off its subject; false where somebody else did so before. */
export async function writeDetached(
  db: AttachmentHandle,
  { placeId, id }: Pick<AttachmentRef, 'placeId' | 'id'>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select detach_attachment(${placeId}, ${id}) as done`.execute(db);
  return rows[0]!.done;
}

/**
 * Hangs it up again for whoever took it off within the last minute; undefined for everybody else. Where the same file was
 * attached anew meanwhile, that one hangs and takes the mark; `changed` says whether it did.
 */
export async function writeRestored(
  db: AttachmentHandle,
  { placeId, id }: Pick<AttachmentRef, 'placeId' | 'id'>,
): Promise<{ readonly id: string; readonly changed: boolean } | undefined> {
  const { rows } = await sql<{ id: string; changed: boolean }>`
    select hangs as id, changed from restore_attachment(${placeId}, ${id})`.execute(db);
  return rows[0];
}

/** Writes the mark of a file that hangs; false where its mark is not `read` any more, or its content was removed. */
export async function writeMark(
  db: AttachmentHandle,
  { placeId, id }: Pick<AttachmentRef, 'placeId' | 'id'>,
  read: FileMark | null,
  { purpose, keepUntil, openers }: FileMark,
): Promise<boolean> {
  const seen = sql`${read?.purpose ?? null}, ${read?.keepUntil ?? null}, ${read?.openers ?? null}`;
  const { rows } = await sql<{ done: boolean }>`
    select mark_attachment(${placeId}, ${id}, ${seen}, ${purpose}, ${keepUntil}, ${openers}) as done`.execute(db);
  return rows[0]!.done;
}

/** The day beyond which a copy is not kept; null where it is none, or a copy of what has no period. */
export async function findLongestPeriod(
  db: AttachmentHandle,
  { placeId, id }: Pick<AttachmentRef, 'placeId' | 'id'>,
): Promise<Day | null> {
  const { rows } = await sql<{ until: Day | null }>`select longest_period(${placeId}, ${id}) as until`.execute(db);
  return rows[0]!.until;
}

/** Writes another last day of a marked file; false where somebody else did so before, or its content was removed. */
export async function writePeriod(
  db: AttachmentHandle,
  { placeId, id, keepUntil }: Pick<AttachmentRef, 'placeId' | 'id' | 'keepUntil'>,
  until: Day,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select change_attachment_period(${placeId}, ${id}, ${keepUntil}, ${until}) as done`.execute(db);
  return rows[0]!.done;
}

/** A marked file at a place whose content goes within so many days. */
export interface EndingFile extends Pick<AttachmentRef, 'id' | 'placeId' | 'schoolId' | 'subjectType' | 'subjectId'> {
  readonly name: string;
  readonly addedBy: string;
  readonly purpose: string;
  readonly keepUntil: Day;
}

/** The marked files of a place whose last day is one of these days; what came with a letter follows the letter. */
export async function listEnding(
  db: AttachmentHandle,
  placeId: number,
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<EndingFile[]> {
  const { rows } = await sql<EndingFile>`
    select id, place_id as "placeId", school_id as "schoolId", subject_type as "subjectType", subject_id as "subjectId", name,
           added_by as "addedBy", purpose, keep_until as "keepUntil"
      from attachments
     where place_id = ${placeId} and keep_until between ${from} and ${until} and detached_at is null and removed_at is null
       and subject_type <> 'letter-receipt'
     order by keep_until, id`.execute(db);
  return rows;
}

/** A marked file of which the content was removed after its period. */
export interface RemovedFile
  extends Pick<AttachmentRef, 'id' | 'placeId' | 'schoolId' | 'subjectType' | 'subjectId' | 'name'> {
  readonly purpose: string;
  readonly keepUntil: Day;
  readonly hash: string;
}

/** Takes the content from every marked file that is beyond its period and the days after it; the rows stay. */
export async function writeRemoved(db: AttachmentHandle, today: Day): Promise<RemovedFile[]> {
  const { rows } = await sql<RemovedFile>`
    select attachment as id, place as "placeId", school as "schoolId", type as "subjectType", subject as "subjectId",
           file_name as name, meant_for as purpose, kept as "keepUntil", hash
      from remove_attachments_over(${today})`.execute(db);
  return rows;
}
