import { sql } from 'kysely';
import { type Actor, signatureOf } from '#domain/access/actor.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

/** Whom a notice reaches; it lies at the place of the addressee. */
export type Addressee =
  /** The officers of a county or a city. */
  | { readonly audience: 'place'; readonly placeId: number }
  | { readonly audience: 'school'; readonly placeId: number; readonly schoolId: number }
  /** One person, in whatever post; the place is that of a post of the person. */
  | { readonly audience: 'person'; readonly placeId: number; readonly personId: string }
  /** Whoever works in this post: its holder, or a colleague who stands in. */
  | { readonly audience: 'post'; readonly placeId: number; readonly postId: string };

export interface AddressedNotice {
  readonly subject: SubjectRef;
  readonly to: Addressee;
  /** What the subject is called: the addressee may not be able to read it. */
  readonly about: string;
  /** Words to this addressee alone, in place of those to all. */
  readonly note?: string;
  /** A notice that may be sent only once to its place: the first counts. */
  readonly onceKey?: string;
}

/**
 * Sends notices about subjects that the sender may write, also to places that the sender does not reach. One statement for
 * any number of them. The database refuses all of them where one subject is out of reach.
 * @returns how many were written; those that may be sent only once, and were sent before, are not
 */
export async function writeNoticesTo(
  db: Handle<'notices'>,
  {
    kind,
    notices,
    actor,
    now,
    note,
  }: {
    /** `<feature>.<what>`, by which the desk finds the words. */
    readonly kind: string;
    readonly notices: readonly AddressedNotice[];
    readonly actor: Pick<Actor, 'userId' | 'name' | 'principal'>;
    readonly now: Date;
    readonly note: string | null;
  },
): Promise<number> {
  if (notices.length === 0) return 0;
  const rows = notices.map(({ subject, to, about, note: own, onceKey }) => ({
    ...{ place: to.placeId, id: newId(), audience: to.audience },
    ...{ type: subject.type, subject: subject.id, subjectPlace: subject.placeId, subjectSchool: subject.schoolId },
    school: to.audience === 'school' ? to.schoolId : null,
    person: to.audience === 'person' ? to.personId : null,
    post: to.audience === 'post' ? to.postId : null,
    about: about.slice(0, 200),
    note: own ?? null,
    once: onceKey ?? null,
  }));
  const sent = await sql`
    select * from send_notices(${kind}, ${actor.userId}, ${signatureOf(actor)}, ${now}, ${note},
                               ${JSON.stringify(rows)}::jsonb) as id`.execute(db);
  return sent.rows.length;
}
