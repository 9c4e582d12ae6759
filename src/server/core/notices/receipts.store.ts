import { sql } from 'kysely';
import type { DeliveryState } from '#domain/notice/delivery.ts';
import type { Handle } from '#platform/db/handle.ts';

/** How the last notice of a kind about a subject travels. */
export interface Receipt {
  readonly subjectId: string;
  readonly at: Date;
  readonly by: string;
  /** The best of its mails; null where nobody gets one. */
  readonly mail: DeliveryState | null;
  readonly sentence: string | null;
  readonly readAt: Date | null;
}

/** The last notice of a kind about each of these subjects of some places, with its mail and who has read it first. */
export async function listReceipts(
  db: Handle<never, 'notices' | 'notice_deliveries'>,
  {
    places,
    kind,
    since,
    subjectIds,
  }: {
    readonly places: readonly number[];
    readonly kind: string;
    readonly since: string;
    readonly subjectIds: readonly string[];
  },
): Promise<Map<string, Receipt>> {
  if (subjectIds.length === 0) return new Map();
  const found = await sql<Receipt & { id: string }>`
    with last as (
      select distinct on (n.place_id, n.subject_id) n.place_id, n.id, n.subject_id, n.sent_at, n.sent_by_name
        from notices n
       where n.place_id = any(${[...places]}::int[]) and n.kind = ${kind} and n.subject_id = any(${[...subjectIds]}::uuid[])
       order by n.place_id, n.subject_id, n.sent_at desc
    )
    select distinct on (l.place_id, l.id) l.id, l.subject_id as "subjectId", l.sent_at as at, l.sent_by_name as by,
           d.state as mail, d.sentence
      from last l
      left join notice_deliveries d on d.place_id = l.place_id and d.notice_id = l.id
     order by l.place_id, l.id,
              array_position(array['sent', 'sending', 'waiting', 'uncertain', 'failed'], d.state) nulls last`.execute(
    db,
  );
  const reads = await sql<{ notice: string; firstRead: Date }>`
    select r.notice, r.first_read as "firstRead"
      from reads_of_notices(${[...places]}::int[], ${kind}, ${since}::timestamptz) as r`.execute(db);
  const readAt = new Map(reads.rows.map(({ notice, firstRead }) => [notice, firstRead]));
  return new Map(
    found.rows.map(({ id, ...receipt }) => [receipt.subjectId, { ...receipt, readAt: readAt.get(id) ?? null }]),
  );
}
