import { z } from 'zod';
import { problem } from '#domain/kit/problem.ts';
import shipped from '../../../../reference/retention/retention.json' with { type: 'json' };
import type { AuditEntry } from './audit.store.ts';

/** How long rows of a kind are kept, and on what that rests. */
const kindShape = z.object({
  key: z.string(),
  title: z.string(),
  table: z.string(),
  /** Null: kept for good. */
  years: z.int().min(1).nullable(),
  /** Whether the nightly job removes what is older. */
  removed: z.boolean(),
  basis: z.string(),
  /** The basis is an example that the office replaces by its own schedule. */
  sample: z.boolean(),
});

export type RetentionKind = z.infer<typeof kindShape>;

export const retentionKinds: readonly RetentionKind[] = z.array(kindShape).parse(shipped);

/** @throws request.invalid with the known kinds */
export function retentionKindOf(key: string): RetentionKind {
  const kind = retentionKinds.find((one) => one.key === key);
  if (kind !== undefined) return kind;
  const known = retentionKinds.map((one) => one.key).join('、');
  throw problem('request.invalid', { issues: [{ path: '', message: `没有“${key}”这一类，可用的是 ${known}` }] });
}

/** The moment before which rows of a kind go, on this day; null where they stay. */
export function outdatedBefore({ years, removed }: RetentionKind, now: Date): Date | null {
  if (years === null || !removed) return null;
  const before = new Date(now);
  before.setUTCFullYear(now.getUTCFullYear() - years);
  return before;
}

/** What the audit keeps of an act on a kind. */
export const retentionEntry = (
  { key, title }: RetentionKind,
  action: string,
  { before, after }: { readonly before?: Record<string, unknown>; readonly after?: Record<string, unknown> },
): AuditEntry => ({
  ...{ action, objectType: 'setting', objectId: `retention.${key}` },
  ...(before && { before: { kind: title, ...before } }),
  ...(after && { after: { kind: title, ...after } }),
});
