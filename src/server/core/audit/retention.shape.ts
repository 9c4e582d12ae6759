import type { AuditEntry } from './audit.store.ts';
import type { RetentionKind } from './retention.store.ts';

/** What the audit keeps of an act on a kind. */
export const retentionEntry = (
  { key, title }: Pick<RetentionKind, 'key' | 'title'>,
  action: string,
  { before, after }: { readonly before?: Record<string, unknown>; readonly after?: Record<string, unknown> },
): AuditEntry => ({
  ...{ action, objectType: 'setting', objectId: `retention.${key}` },
  ...(before && { before: { kind: title, ...before } }),
  ...(after && { after: { kind: title, ...after } }),
});
