import type { Actor } from '#domain/access/actor.ts';
import type { WholeHandle } from '#platform/db/handle.ts';

/** An act worth remembering. `action` is `subject.done`, the same word as the permission and the event. */
export interface AuditEntry {
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | number;
  /** Where the object lies; 0 for what belongs to no county. */
  readonly countyId?: number;
  readonly schoolId?: number | null;
  /** Which fields were touched; the audit administrator reads these names, never the values. */
  readonly fields?: readonly string[];
  readonly before?: Record<string, unknown> | null;
  readonly after?: Record<string, unknown> | null;
}

export interface AuditSource {
  readonly actor: Pick<Actor, 'userId' | 'name' | 'role'> | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** Writes one audit row in the transaction of `db`: it stays or goes with the act itself. */
export async function recordAudit(db: WholeHandle, source: AuditSource, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_events')
    .values({
      county_id: entry.countyId ?? 0,
      actor_id: source.actor?.userId ?? null,
      actor_name: source.actor?.name ?? null,
      actor_role: source.actor?.role ?? null,
      address: source.address,
      action: entry.action,
      object_type: entry.objectType,
      object_id: String(entry.objectId),
      school_id: entry.schoolId ?? null,
      fields: [...(entry.fields ?? Object.keys(entry.after ?? entry.before ?? {}))],
      before: entry.before ? JSON.stringify(entry.before) : null,
      after: entry.after ? JSON.stringify(entry.after) : null,
      request_id: source.requestId,
    })
    .execute();
}
