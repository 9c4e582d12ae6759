import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import { type Page, type Paging, pageOf, searchPatterns } from '#platform/db/listing.ts';

/** The audit administrator's filter; absent parts do not narrow. */
export interface AuditSearch {
  readonly from?: Date | undefined;
  /** Not included. */
  readonly to?: Date | undefined;
  readonly actor?: string | undefined;
  readonly address?: string | undefined;
  readonly action?: string | undefined;
  readonly objectType?: string | undefined;
  readonly objectId?: string | undefined;
  readonly field?: string | undefined;
  readonly placeId?: number | undefined;
  /** The object by name, present or former, by pinyin or by id: words as in every list. */
  readonly object?: string | undefined;
}

export interface AuditEntryRow {
  readonly id: number;
  readonly at: Date;
  readonly placeId: number;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorRole: string | null;
  readonly address: string | null;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly fields: string[];
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly tokenId: string | null;
  readonly postId: string | null;
  readonly standInForName: string | null;
  /** The school, the person with the username, the unit or the role; null where the object has no such name. */
  readonly objectName: string | null;
}

/**
 * Who, when, from where, which act, which object and fields, newest first. The query reads through a function of the
 * database that never returns the values of filings, whatever this program asks of it.
 */
export async function listAuditEntries(
  db: Handle<'audit_events', 'org_units'>,
  search: AuditSearch,
  page: Paging,
): Promise<Page<AuditEntryRow>> {
  const read = async ({ page, pageSize }: Paging) => {
    const found = await sql<AuditEntryRow & { total: number }>`
    select id, at, place_id as "placeId", actor_id as "actorId", actor_name as "actorName", actor_role as "actorRole",
           address, action, object_type as "objectType", object_id as "objectId", fields, before, after,
           token_id as "tokenId", post_id as "postId", stand_in_for_name as "standInForName", object_name as "objectName", total
      from audit_entries(
      ${search.from ?? null}::timestamptz, ${search.to ?? null}::timestamptz, ${search.actor || null}::text,
      ${search.address || null}::text, ${search.action || null}::text, ${search.objectType || null}::text,
      ${search.objectId || null}::text, ${search.field || null}::text, ${search.placeId ?? null}::int, ${searchPatterns(search.object)}::text[],
      ${pageSize}::int, ${(page - 1) * pageSize}::bigint)`.execute(db);
    return found.rows;
  };
  return pageOf(await read(page), page, async () => (await read({ page: 1, pageSize: 1 }))[0]?.total ?? 0);
}

/** The name under which an act is recorded, as `signature` of the domain spells it. */
export const signedName = sql<string | null>`actor_name || coalesce('（代' || stand_in_for_name || '）', '')`;

/** One act in the history of an object, with values; the row policies give only what lies in scope. */
export interface HistoryEntry {
  readonly id: number;
  readonly at: Date;
  /** Null where no person acted. */
  readonly personId: string | null;
  /** The owner of the post, where a colleague stood in. */
  readonly actorName: string | null;
  readonly actorRole: string | null;
  readonly action: string;
  readonly fields: string[];
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/**
 * The history of one object with old and new values, newest first, for people in scope. With `field`, only the acts
 * that changed that field; with `acts`, only these.
 */
export async function listObjectHistory(
  db: Handle<'audit_events'>,
  object: { readonly placeId: number; readonly type: string; readonly id: string },
  options: { readonly field?: string; readonly acts?: readonly string[]; readonly limit?: number } = {},
): Promise<HistoryEntry[]> {
  let query = db
    .selectFrom('audit_events')
    .where('place_id', '=', object.placeId)
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id);
  if (options.field !== undefined) query = query.where(sql<boolean>`${options.field} = any (fields)`);
  if (options.acts !== undefined) query = query.where('action', 'in', [...options.acts]);
  return query
    .orderBy('id', 'desc')
    .limit(options.limit ?? 200)
    .select(['id', 'at', 'actor_id as personId', signedName.as('actorName'), 'actor_role as actorRole'])
    .select(['action', 'fields', 'before', 'after'])
    .execute() as Promise<HistoryEntry[]>;
}
