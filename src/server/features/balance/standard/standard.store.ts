import { sql } from 'kysely';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { lockName } from '#platform/db/named-lock.ts';
import type { BalanceHandle } from '../balance.store.ts';

export interface StandardRow {
  readonly key: string;
  readonly revision: number;
  readonly name: string;
  readonly document: string;
  readonly definition: Record<string, unknown>;
  /** Came with the product; false for a revision that the city made. */
  readonly shipped: boolean;
  /** Which of the shipped revisions this is, or of the city's own. */
  readonly ordinal: number;
  /** Who added it: a person's signature, or 系统 for what came with the product. */
  readonly createdBy: string;
}

const columns = ['key', 'revision', 'name', 'document', 'definition', 'shipped'] as const;

/** The standards with their place among the revisions of the same origin, under the name of their table. */
const numbered = (db: BalanceHandle) =>
  db
    .selectFrom(
      db
        .selectFrom('balance_standards as one')
        .selectAll()
        .select(sql<number>`(row_number() over (partition by key, shipped order by revision))::int`.as('ordinal'))
        .as('balance_standards'),
    )
    .select([...columns, 'ordinal', 'created_by as createdBy']);

/** Each standard in its newest revision, the newest document first. */
export async function findNewestStandards(db: BalanceHandle): Promise<StandardRow[]> {
  const rows = await numbered(db)
    .distinctOn('key')
    .select('effective_from')
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
  const found = numbered(db).where('key', '=', key);
  if (revision !== undefined) return await found.where('revision', '=', revision).executeTakeFirst();
  return await found.orderBy('revision', 'desc').limit(1).executeTakeFirst();
}

/** The newest revision that came with the product. */
export async function findShipped(db: BalanceHandle, key: string): Promise<StandardRow | undefined> {
  return await numbered(db)
    .where('key', '=', key)
    .where('shipped', '=', true)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** All revisions with the number of runs within the reader's place that are pinned to each, newest first. */
export async function listRevisions(db: BalanceHandle, key?: string) {
  const revisions = numbered(db)
    .select([
      ...(['effective_from as effectiveFrom', 'effective_to as effectiveTo', 'source', 'note'] as const),
      ...(['created_at as createdAt'] as const),
    ])
    .orderBy('effective_from', 'desc')
    .orderBy('key')
    .orderBy('revision', 'desc');
  const found = await (key === undefined ? revisions : revisions.where('key', '=', key)).execute();
  // This is a separate statement, because runs are stored by place and standards everywhere.
  const counted = await db
    .selectFrom('balance_runs')
    .select((row) => ['standard_key', 'standard_revision', row.fn.countAll<number>().as('runs')])
    .groupBy(['standard_key', 'standard_revision'])
    .execute();
  const runs = new Map(counted.map((row) => [`${row.standard_key} ${row.standard_revision}`, Number(row.runs)]));
  return found.map((row) => ({ ...row, runs: runs.get(`${row.key} ${row.revision}`) ?? 0 }));
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
  const { definition, key } = revision;
  await lockName(db, `balance-standard:${key}`);
  const taken = await db
    .selectFrom('balance_standards')
    .select('revision')
    .where('key', '=', key)
    .where('revision', '=', revision.revision)
    .executeTakeFirst();
  if (taken) return false;
  await db
    .insertInto('balance_standards')
    .values({
      key,
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
    .execute();
  return true;
}
