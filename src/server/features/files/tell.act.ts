import type { AttachmentRef } from '#core/evidence/attachments.store.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import type { Actor } from '#domain/access/actor.ts';
import type { fileNoticeKinds } from '#domain/file/notice.ts';
import type { Handle } from '#platform/db/handle.ts';

type Told = Pick<AttachmentRef, 'placeId' | 'schoolId' | 'subjectType' | 'subjectId' | 'name' | 'addedBy'>;

interface Telling {
  readonly kind: (typeof fileNoticeKinds)[keyof typeof fileNoticeKinds];
  readonly note: string | null;
  readonly actor: Pick<Actor, 'userId' | 'name' | 'principal'>;
  readonly now: Date;
  /** Names the notice where it may be sent only once. */
  readonly once?: string;
}

/** Tells whoever brought a file what became of it, where somebody else did it. What the program hung up nobody brought. */
export async function tellUploader(db: Handle<never, 'notices'>, file: Told, telling: Telling): Promise<void> {
  const { kind, note, actor, now, once } = telling;
  const { placeId, schoolId, subjectType: type, subjectId: id, name, addedBy } = file;
  if (addedBy === '' || addedBy === actor.userId) return;
  const notice = {
    ...{ subject: { placeId, schoolId, type, id }, about: name },
    to: { audience: 'person', placeId, personId: addedBy } as const,
    ...(once === undefined ? {} : { onceKey: once }),
  };
  await writeNoticesTo(db, { kind, note, actor, now, notices: [notice] });
}
