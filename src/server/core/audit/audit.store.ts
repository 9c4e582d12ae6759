import type { Actor } from '#domain/access/actor.ts';
import type { Lease, WholeHandle } from '#platform/db/handle.ts';
import { compiledQuery } from '#platform/db/raw.ts';

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
  /** Who acted; with the token that spoke for the person, if one did. */
  readonly actor: (Pick<Actor, 'userId' | 'name' | 'role'> & { readonly tokenId?: string | null }) | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

const insertAudit = `insert into audit_events (county_id, actor_id, actor_name, actor_role, address, action,
  object_type, object_id, school_id, fields, before, after, request_id, token_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

function auditValues(source: AuditSource, entry: AuditEntry): readonly unknown[] {
  return [
    entry.countyId ?? 0,
    source.actor?.userId ?? null,
    source.actor?.name ?? null,
    source.actor?.role ?? null,
    source.address,
    entry.action,
    entry.objectType,
    String(entry.objectId),
    entry.schoolId ?? null,
    [...(entry.fields ?? Object.keys(entry.after ?? entry.before ?? {}))],
    entry.before ? JSON.stringify(entry.before) : null,
    entry.after ? JSON.stringify(entry.after) : null,
    source.requestId,
    source.actor?.tokenId ?? null,
  ];
}

/** Writes one audit row in the transaction of `db`: it stays or goes with the act itself. */
export async function recordAudit(db: WholeHandle, source: AuditSource, entry: AuditEntry): Promise<void> {
  await db.executeQuery(compiledQuery(insertAudit, auditValues(source, entry)));
}

/** The same in the transaction that a request has open, without a wait of its own: the commit waits for it. */
export function recordAlong(held: Lease, source: AuditSource, entry: AuditEntry): void {
  held.along(compiledQuery(insertAudit, auditValues(source, entry)));
}
