import { type RawBuilder, sql } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { Handle } from '#platform/db/handle.ts';
import { limited, type Page, type Paging, pageOf } from '#platform/db/listing.ts';

export type InboxHandle = Handle<'notice_reads', 'notices'>;

/** A notice that is addressed to the person at work. */
export interface InboxRow {
  readonly placeId: number;
  readonly id: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly about: string | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: Date;
  /** When this person read it; null while it is unread. */
  readonly readAt: Date | null;
}

/** How long a notice stays in the inbox. Longer ago, it stands with its subject. */
export const inboxDays = 366;

/** Who looks, in which post, and when. */
export interface Looking {
  readonly actor: Pick<Actor, 'userId' | 'level' | 'unitId' | 'schoolId' | 'post'>;
  readonly scope: Pick<Scope, 'places'>;
  readonly now: Date;
}

/**
 * The notices addressed to the person at work: to the person, to the post, to the school of a school's post, and to the
 * place of a post of a city or a county. A city's people do not get what is sent to its counties. One part of a statement,
 * with the columns of `InboxRow` as they stand in the table.
 */
export function listNoticesFor({ actor, scope, now }: Looking): Fragment<unknown> {
  const { userId, level, unitId, schoolId, post } = actor;
  const addressed: RawBuilder<unknown>[] = [sql`n.audience = 'person' and n.person_id = ${userId}`];
  if (post !== null) addressed.push(sql`n.audience = 'post' and n.post_id = ${post.grantId}`);
  if (level === 'school' && schoolId !== null) {
    addressed.push(
      sql`n.audience = 'school' and n.school_id = ${schoolId} and n.place_id = any(${[...scope.places]}::int[])`,
    );
  }
  if ((level === 'city' || level === 'county') && unitId !== null) {
    addressed.push(sql`n.audience = 'place' and n.place_id = ${unitId}`);
  }
  const since = new Date(now.getTime() - inboxDays * 86_400_000);
  const parts = addressed.map(
    (condition) => sql`
      select n.place_id, n.id, n.kind, n.subject_type, n.subject_id, n.about, n.note, n.sent_by_name, n.sent_at, r.read_at
        from notices n
        left join notice_reads r on r.place_id = n.place_id and r.notice_id = n.id and r.person_id = ${userId}
       where ${condition} and n.sent_at > ${since}`,
  );
  return sql.join(parts, sql` union all `) as Fragment<unknown>;
}

/** A page of the inbox: unread first, then the newest; the number of the unread is that of all pages and kinds. */
export async function listInbox(
  db: InboxHandle,
  looking: Looking,
  filter: Paging & { readonly kind?: string | undefined; readonly unread?: boolean | undefined },
): Promise<Page<InboxRow>> {
  const wanted = [
    sql`true`,
    ...(filter.kind === undefined ? [] : [sql`n.kind = ${filter.kind}`]),
    ...(filter.unread ? [sql`n.read_at is null`] : []),
  ];
  const where = sql.join(wanted, sql` and `);
  const found = await sql<InboxRow & { total: number }>`
    select n.place_id as "placeId", n.id, n.kind, n.subject_type as "subjectType", n.subject_id as "subjectId", n.about,
           n.note, n.sent_by_name as by, n.sent_at as at, n.read_at as "readAt", count(*) over ()::int as total
      from (${listNoticesFor(looking)}) n where ${where}
     order by n.read_at is not null, n.sent_at desc, n.id ${limited(filter)}`.execute(db);
  return pageOf(found.rows, filter, async () => {
    const counted = await sql<{ n: number }>`
      select count(*)::int as n from (${listNoticesFor(looking)}) n where ${where}`.execute(db);
    return counted.rows[0]?.n ?? 0;
  });
}

/** The kinds of notices in the inbox, each with how many of it are unread. */
export async function listInboxKinds(db: InboxHandle, looking: Looking): Promise<{ kind: string; unread: number }[]> {
  const found = await sql<{ kind: string; unread: number }>`
    select n.kind, (count(*) filter (where n.read_at is null))::int as unread
      from (${listNoticesFor(looking)}) n group by n.kind order by n.kind`.execute(db);
  return found.rows;
}

/**
 * Marks notices of the inbox as read by this person: those with these ids, or all that were sent by a moment. What is not
 * addressed to the person at work is passed over.
 * @returns the place of each notice that was unread before
 */
export async function writeRead(
  db: InboxHandle,
  looking: Looking,
  which: { readonly ids: readonly string[] } | { readonly until: Date },
): Promise<number[]> {
  const chosen = 'ids' in which ? sql`n.id = any(${[...which.ids]}::uuid[])` : sql`n.sent_at <= ${which.until}`;
  const read = await sql<{ placeId: number }>`
    insert into notice_reads (place_id, notice_id, person_id, read_at)
    select n.place_id, n.id, ${looking.actor.userId}, ${looking.now}
      from (${listNoticesFor(looking)}) n where n.read_at is null and ${chosen}
    on conflict (place_id, notice_id, person_id) do nothing
    returning place_id as "placeId"`.execute(db);
  return read.rows.map(({ placeId }) => placeId);
}
