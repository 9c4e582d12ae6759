import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
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
  /** A person, or the program, which has no number. */
  readonly actor: Pick<Actor, 'name' | 'principal'> & { readonly userId: string | null };
  readonly now: Date;
  /** One for all, or that of each subject. */
  readonly note: string | null | ((subject: Subject) => string | null);
  /** What the subjects are called, all the same or each its own: the inbox shows it. */
  readonly about?: string | ((subject: Subject) => string);
  /** A notice that may be sent only once, such as a reminder of a day. Two simultaneous calls leave one notice. */
  readonly onceKey?: (subject: Subject) => string;
}

/**
 * Writes the notices. Of a notice that may be sent only once the newest words count: a note that differs replaces the one
 * before, with its sender and moment; a call without a note leaves the one before. `written` are the subjects with a new
 * notice, `corrected` those whose notice has other words now.
 */
export async function writeNotices<Subject extends SubjectRef>(
  db: NoticeHandle,
  notices: NewNotices<Subject>,
): Promise<{ written: Subject[]; corrected: Subject[] }> {
  const { subjects } = notices;
  if (subjects.length === 0) return { written: [], corrected: [] };
  const sent = await sql<{ id: string; fresh: boolean }>`
    ${insertion(notices)} returning subject_id as id, xmax = 0 as fresh`.execute(db);
  const fresh = new Map(sent.rows.map((row) => [row.id, row.fresh]));
  return {
    written: subjects.filter(({ id }) => fresh.get(id) === true),
    corrected: subjects.filter(({ id }) => fresh.get(id) === false),
  };
}

/**
 * The statement of `writeNotices` for at least one subject, for an act that has nothing more to ask before its commit. Many come
 * from a query, which has to return something on a spread database (decision 14).
 */
export function noticeWrites<Subject extends SubjectRef>(
  db: NoticeHandle,
  notices: NewNotices<Subject>,
): CompiledQuery {
  return (notices.subjects.length === 1 ? insertion(notices) : sql`${insertion(notices)} returning id`).compile(db);
}

function insertion<Subject extends SubjectRef>({
  kind,
  subjects,
  actor,
  now,
  note,
  about,
  onceKey,
}: NewNotices<Subject>): RawBuilder<unknown> {
  const rows = subjects.map((subject) => ({
    place: subject.placeId,
    id: newId(),
    audience: subject.schoolId === null ? 'place' : 'school',
    type: subject.type,
    subject: subject.id,
    school: subject.schoolId,
    once: onceKey?.(subject) ?? null,
    note: typeof note === 'function' ? note(subject) : note,
    about: typeof about === 'function' ? about(subject) : (about ?? null),
  }));
  const into = sql`
    insert into notices (place_id, id, kind, audience, subject_type, subject_id, school_id, sent_by, sent_by_name, sent_at,
                         note, about, once_key)`;
  const sent = sql`${actor.userId ?? ''}, ${signatureOf(actor)}, ${now}`;
  const [one, ...more] = rows;
  // As one recordset: a year may remind every school of a large city, and a statement takes 65,535 parameters at most.
  const inserted =
    one !== undefined && more.length === 0
      ? sql`${into} values (${one.place}, ${one.id}, ${kind}, ${one.audience}, ${one.type}, ${one.subject}, ${one.school}, ${sent},
                            ${one.note}, ${one.about}, ${one.once})`
      : sql`${into}
        select w.place, w.id, ${kind}, w.audience, w.type, w.subject, w.school, ${sent}, w.note, w.about, w.once
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
            place integer, id uuid, audience text, type text, subject uuid, school integer, once text, note text, about text)`;
  if (onceKey === undefined) return inserted;
  return sql`${inserted}
    on conflict (place_id, once_key) do update
       set note = excluded.note, sent_by = excluded.sent_by, sent_by_name = excluded.sent_by_name, sent_at = excluded.sent_at
     where excluded.note is not null and notices.note is distinct from excluded.note`;
}
