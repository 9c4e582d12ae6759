import type { Actor } from '#domain/access/actor.ts';
import type { AnyHandle, Lease } from '#platform/db/handle.ts';
import { compiledQuery } from '#platform/db/raw.ts';

/** An act to record. `action` is `subject.done`, the same word as the permission and the event. */
export interface AuditEntry {
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | number;
  /**
   * Where the object lies: a county-level unit or the city unit. If absent, people, roles, settings and jobs lie nowhere (0),
   * and every other object lies where the post at work does.
   */
  readonly placeId?: number;
  /** The campaign to which the object belongs. It lets nobody read the entry: people from outside read no audit. */
  readonly campaignId?: string | null;
  readonly schoolId?: number | null;
  /** The names of the changed fields. The audit administrator reads these names, never the values. */
  readonly fields?: readonly string[];
  readonly before?: Record<string, unknown> | null;
  readonly after?: Record<string, unknown> | null;
}

/** Who acts: a person in a post, or the program, which has no id. */
type AuditActor = Pick<Actor, 'name'> & { readonly userId: string | null; readonly role: string | null } & Partial<
    Pick<Actor, 'tokenId' | 'post' | 'principal' | 'unitId'>
  >;

export interface AuditSource {
  /** The acting person and post, with the token that acted for the person, if one did. */
  readonly actor: AuditActor | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** The name under which the program itself acts. */
export const systemName = '系统';

/** What the program does by the clock or at its start, asked by nobody. */
export const systemSource: AuditSource = {
  actor: { userId: null, name: systemName, role: null },
  address: null,
  requestId: null,
};

/** What an operator does at the terminal of the server, where nobody signs in. */
export const commandLineSource: AuditSource = { actor: null, address: '命令行', requestId: null };

/** Objects that lie in no place; the database refuses any other place for them. */
const placeless: ReadonlySet<string> = new Set(['person', 'session', 'token', 'role', 'post', 'setting', 'job']);

const insertAudit = `select record_audit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
  $19)`;

function auditValues({ actor, address, requestId }: AuditSource, entry: AuditEntry): readonly unknown[] {
  const place = entry.placeId ?? (placeless.has(entry.objectType) ? 0 : (actor?.unitId ?? 0));
  return [
    place,
    entry.schoolId ?? null,
    entry.campaignId ?? null,
    entry.action,
    entry.objectType,
    String(entry.objectId),
    [...(entry.fields ?? Object.keys(entry.after ?? entry.before ?? {}))],
    entry.before ? JSON.stringify(entry.before) : null,
    entry.after ? JSON.stringify(entry.after) : null,
    actor?.userId ?? null,
    actor?.name ?? null,
    actor?.role ?? null,
    address,
    requestId,
    actor?.tokenId ?? null,
    actor?.post?.grantId ?? null,
    actor?.post?.standInId ?? null,
    actor?.principal?.id ?? null,
    actor?.principal?.name ?? null,
  ];
}

/** Writes one audit row in the transaction of `db`: it is kept or undone together with the act itself. */
export async function recordAudit(db: AnyHandle, source: AuditSource, entry: AuditEntry): Promise<void> {
  await db.executeQuery(compiledQuery(insertAudit, auditValues(source, entry)));
}

/** The same in the open transaction of a request, without a separate wait: the commit waits for it. */
export function recordAlong(held: Lease, source: AuditSource, entry: AuditEntry): void {
  held.along(compiledQuery(insertAudit, auditValues(source, entry)));
}

const insertMany = `select record_audit(e.place, e.school, e.campaign, e.act, e.kind, e.object, e.touched, e.old_values,
         e.new_values, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    from jsonb_to_recordset($1) as e(place integer, school integer, campaign uuid, act text, kind text, object text,
         touched text[], old_values jsonb, new_values jsonb)`;

/** The same for many objects of one act: one statement, and rows in the order of the entries. */
export function recordAllAlong(held: Lease, source: AuditSource, entries: readonly AuditEntry[]): void {
  const [first, ...more] = entries;
  if (first === undefined) return;
  if (more.length === 0) {
    recordAlong(held, source, first);
    return;
  }
  const rows = entries.map((entry) => {
    const [place, school, campaign, act, kind, object, touched] = auditValues(source, entry);
    const { before: old_values = null, after: new_values = null } = entry;
    return { place, school, campaign, act, kind, object, touched, old_values, new_values };
  });
  held.along(compiledQuery(insertMany, [JSON.stringify(rows), ...auditValues(source, first).slice(9)]));
}
