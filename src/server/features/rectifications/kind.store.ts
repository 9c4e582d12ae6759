import { sql } from 'kysely';
import type { Revised } from '#core/audit/last-change.ts';
import type { FindingSeverity } from '#domain/flow/finding.ts';
import type { FindingHandle } from './finding.store.ts';

/** A kind of finding, with what usually holds for it. */
export interface FindingKind {
  readonly key: string;
  readonly name: string;
  readonly severity: FindingSeverity;
  /** Working days. */
  readonly dueDays: number;
  /** Working days. */
  readonly escalationDays: number;
  readonly source: string;
  readonly active: boolean;
  readonly revision: number;
}

function selectKinds(db: FindingHandle) {
  return db
    .selectFrom('finding_kinds')
    .select(['key', 'name', 'severity', 'source', 'active', 'revision'])
    .select(['due_days as dueDays', 'escalation_days as escalationDays'])
    .$castTo<FindingKind>();
}

/** What changes the row of a kind. */
export const kindRevised: Revised = { table: 'finding_kinds', type: 'finding-kind', acts: ['finding.kindChanged'] };

/** All kinds, in the order of the city. */
export function listKinds(db: FindingHandle): Promise<FindingKind[]> {
  return selectKinds(db).orderBy('sort_order').orderBy('key').execute();
}

/** The kind of this key. */
export function findKind(db: FindingHandle, key: string): Promise<FindingKind | undefined> {
  return selectKinds(db).where('key', '=', key).executeTakeFirst();
}

/** Changes a kind that still has this revision; undefined where it has not. */
export async function updateKind(
  db: FindingHandle,
  { key, revision, ...kind }: FindingKind,
): Promise<FindingKind | undefined> {
  const written = await db
    .updateTable('finding_kinds')
    .set({
      name: kind.name,
      severity: kind.severity,
      due_days: kind.dueDays,
      escalation_days: kind.escalationDays,
      source: kind.source,
      active: kind.active,
      revision: sql<number>`revision + 1`,
    })
    .where('key', '=', key)
    .where('revision', '=', revision)
    .returning('revision')
    .executeTakeFirst();
  return written && { key, ...kind, revision: written.revision };
}
