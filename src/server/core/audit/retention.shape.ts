import type { AuditEntry } from './audit.store.ts';
import type { Revised } from './last-change.ts';
import type { RetentionKind } from './retention.store.ts';

/** What changes the term of a kind. */
export const termRevised: Revised = { table: 'retention_terms', type: 'setting', acts: ['setting.termChanged'] };

/** The object of a kind in the audit. */
export const objectOf = (key: string) => `retention.${key}`;

/** What the audit keeps of an act on a kind. */
export const retentionEntry = (
  { key, title }: Pick<RetentionKind, 'key' | 'title'>,
  action: string,
  { before, after }: { readonly before?: Record<string, unknown>; readonly after?: Record<string, unknown> },
): AuditEntry => ({
  ...{ action, objectType: 'setting', objectId: objectOf(key) },
  ...(before && { before: { kind: title, ...before } }),
  ...(after && { after: { kind: title, ...after } }),
});
