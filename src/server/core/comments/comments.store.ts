import { sql } from 'kysely';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

type CommentHandle = Handle<'comments'>;

/** A remark on a part of a subject: a field, `table/row/field`, or null for the whole. */
export interface Comment {
  readonly id: string;
  readonly part: string | null;
  readonly body: string;
  readonly authorName: string;
  /** The level of the post in which the author wrote; null for comments from before it was kept. */
  readonly authorLevel: string | null;
  readonly at: Date;
  readonly resolvedAt: Date | null;
}

const columns = [
  ...(['id', 'part', 'body', 'author_name as authorName', 'author_level as authorLevel'] as const),
  ...(['at', 'resolved_at as resolvedAt'] as const),
] as const;

/** The comments of a subject, oldest first. */
export async function listComments(db: CommentHandle, subject: SubjectRef): Promise<Comment[]> {
  return db
    .selectFrom('comments')
    .where('place_id', '=', subject.placeId)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .select(columns)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Open comments by subject and part, for the marks of a grid. */
export async function countOpenComments(
  db: CommentHandle,
  of: { readonly type: string; readonly places: readonly number[]; readonly ids: readonly string[] },
): Promise<{ readonly id: string; readonly part: string; readonly count: number }[]> {
  const found = await sql<{ id: string; part: string; count: number }>`
    select subject_id as id, coalesce(part, '') as part, count(*) as count from comments
     where place_id = any(${[...of.places]}::int[]) and subject_type = ${of.type}
       and subject_id = any(${[...of.ids]}::uuid[]) and resolved_at is null
     group by place_id, subject_id, part`.execute(db);
  return found.rows;
}

/** How many comments a subject has: all, open ones, and those that this person wrote since a moment. */
export async function countComments(
  db: CommentHandle,
  subject: SubjectRef,
  own: { readonly authorId: string; readonly since: Date },
): Promise<{ readonly all: number; readonly open: number; readonly own: number }> {
  const found = await sql<{ all: number; open: number; own: number }>`
    select count(*)::integer as all, count(*) filter (where resolved_at is null)::integer as open,
           count(*) filter (where author_id = ${own.authorId} and at > ${own.since})::integer as own
      from comments
     where place_id = ${subject.placeId} and subject_type = ${subject.type} and subject_id = ${subject.id}`.execute(db);
  return found.rows[0]!;
}

export async function writeComment(
  db: CommentHandle,
  subject: SubjectRef,
  given: { readonly part: string | null; readonly body: string; readonly actor: Actor; readonly now: Date },
): Promise<Comment> {
  return db
    .insertInto('comments')
    .values({
      place_id: subject.placeId,
      id: newId(),
      subject_type: subject.type,
      subject_id: subject.id,
      school_id: subject.schoolId,
      part: given.part,
      body: given.body,
      author_id: given.actor.userId,
      author_name: signatureOf(given.actor),
      author_level: given.actor.level === 'none' ? null : given.actor.level,
      at: given.now,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Marks a comment as dealt with; undefined where the subject has no such comment. Marking it again changes nothing. */
export async function writeCommentResolved(
  db: CommentHandle,
  subject: SubjectRef,
  commentId: string,
  now: Date,
): Promise<Comment | undefined> {
  return db
    .updateTable('comments')
    .set((set) => ({ resolved_at: set.fn.coalesce('resolved_at', sql<Date>`${now}::timestamptz`) }))
    .where('place_id', '=', subject.placeId)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .where('id', '=', commentId)
    .returning(columns)
    .executeTakeFirst();
}
