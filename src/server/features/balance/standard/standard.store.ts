import type { BalanceStandard } from '#domain/balance/standard/standard.ts';
import type { BalanceHandle } from '../balance.store.ts';

export interface StandardRow {
  readonly key: string;
  readonly revision: number;
  readonly name: string;
  readonly document: string;
  readonly definition: Record<string, unknown>;
  /** Came with the product; false for a revision that the city made. */
  readonly shipped: boolean;
}

const columns = ['key', 'revision', 'name', 'document', 'definition', 'shipped'] as const;

/** Each standard in its newest revision, the newest document first. */
export async function newestStandards(db: BalanceHandle): Promise<StandardRow[]> {
  const rows = await db
    .selectFrom('balance_standards')
    .distinctOn('key')
    .select([...columns, 'effective_from'])
    .orderBy('key')
    .orderBy('revision', 'desc')
    .execute();
  return rows.sort((a, b) => ((a.effective_from ?? '') < (b.effective_from ?? '') ? 1 : -1));
}

/** One revision; without a number the newest. */
export async function findStandard(
  db: BalanceHandle,
  key: string,
  revision?: number,
): Promise<StandardRow | undefined> {
  const found = db.selectFrom('balance_standards').select(columns).where('key', '=', key);
  if (revision !== undefined) return await found.where('revision', '=', revision).executeTakeFirst();
  return await found.orderBy('revision', 'desc').limit(1).executeTakeFirst();
}

/** The newest revision that came with the product. */
export async function findShipped(db: BalanceHandle, key: string): Promise<StandardRow | undefined> {
  return await db
    .selectFrom('balance_standards')
    .select(columns)
    .where('key', '=', key)
    .where('shipped', '=', true)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** All revisions with the number of runs within the reader's place that are pinned to each, newest first. */
export async function listRevisions(db: BalanceHandle, key?: string) {
  const revisions = db
    .selectFrom('balance_standards as standard')
    .select((row) => [
      ...columns.map((column) => `standard.${column}` as const),
      'standard.effective_from',
      'standard.effective_to',
      'standard.source',
      'standard.note',
      'standard.created_at',
      'standard.created_by',
      row
        .selectFrom('balance_runs as run')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('run.standard_key', '=', 'standard.key')
        .whereRef('run.standard_revision', '=', 'standard.revision')
        .as('runs'),
    ])
    .orderBy('standard.effective_from', 'desc')
    .orderBy('standard.key')
    .orderBy('standard.revision', 'desc');
  return await (key === undefined ? revisions : revisions.where('standard.key', '=', key)).execute();
}

export interface NewRevision {
  readonly key: string;
  readonly revision: number;
  readonly definition: BalanceStandard;
  readonly shipped: boolean;
  readonly source: string;
  readonly note: string;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** Adds a revision; false where somebody else has added the same number meanwhile. Nothing is ever overwritten. */
export async function insertRevision(db: BalanceHandle, revision: NewRevision): Promise<boolean> {
  const { definition } = revision;
  const added = await db
    .insertInto('balance_standards')
    .values({
      key: revision.key,
      revision: revision.revision,
      name: definition.name,
      document: definition.document.number,
      effective_from: definition.document.effectiveFrom,
      effective_to: definition.document.effectiveTo,
      definition: JSON.stringify(definition),
      shipped: revision.shipped,
      source: revision.source,
      note: revision.note,
      created_at: revision.createdAt,
      created_by: revision.createdBy,
    })
    .onConflict((conflict) => conflict.columns(['key', 'revision']).doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}
