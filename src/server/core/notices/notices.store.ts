import { type Actor, signatureOf } from '#domain/access/actor.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

type NoticeHandle = Handle<'notices'>;

/** A notice about a subject. */
export interface Notice {
  readonly at: Date;
  readonly by: string;
  readonly note: string | null;
}

/** The last notices of a kind about a subject, newest first. */
export async function listNotices(db: NoticeHandle, subject: SubjectRef, kind: string, limit = 20): Promise<Notice[]> {
  return db
    .selectFrom('notices')
    .where('place_id', '=', subject.placeId)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .where('kind', '=', kind)
    .select(['sent_at as at', 'sent_by_name as by', 'note'])
    .orderBy('sent_at', 'desc')
    .limit(limit)
    .execute();
}

/** One notice to the school of each subject, or to its place where it has none. */
export interface NewNotices<Subject extends SubjectRef> {
  readonly kind: string;
  readonly subjects: readonly Subject[];
  readonly actor: Actor;
  readonly now: Date;
  readonly note: string | null;
  /** A notice that may be sent only once, such as a reminder of a day. Two simultaneous calls leave one notice. */
  readonly onceKey?: (subject: Subject) => string;
}

/** Writes the notices; returns the subjects for which a notice was written now. */
export async function writeNotices<Subject extends SubjectRef>(
  db: NoticeHandle,
  { kind, subjects, actor, now, note, onceKey }: NewNotices<Subject>,
): Promise<Subject[]> {
  if (subjects.length === 0) return [];
  const written = await db
    .insertInto('notices')
    .values(
      subjects.map((subject) => ({
        place_id: subject.placeId,
        id: newId(),
        kind,
        audience: subject.schoolId === null ? 'place' : 'school',
        subject_type: subject.type,
        subject_id: subject.id,
        school_id: subject.schoolId,
        sent_by: actor.userId,
        sent_by_name: signatureOf(actor),
        sent_at: now,
        note,
        once_key: onceKey?.(subject) ?? null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['place_id', 'once_key']).doNothing())
    .returning('subject_id as id')
    .execute();
  const said = new Set(written.map(({ id }) => id));
  return subjects.filter(({ id }) => said.has(id));
}
