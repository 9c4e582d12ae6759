import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import { rowsHashSql, type Seal } from './chain.ts';

export type AuditHandle = Handle<'audit_events' | 'audit_seals'>;

/**
 * Asks the database for the next link of the chain; null when there is nothing to seal or another server is sealing.
 */
export async function insertSeal(db: AuditHandle): Promise<Seal | null> {
  const made = await sql<Seal>`select ${sql.raw(sealColumns)} from seal_audit_events() s`.execute(db);
  return made.rows[0] ?? null;
}

/** Lets this transaction read audit rows of every county, by a setting that ends with it. Verifying needs all of them. */
export async function writeSealingSetting(db: AuditHandle): Promise<void> {
  await sql`set local app.sealing = 'on'`.execute(db);
}

/** When the first unsealed row was written; null when there is none. */
export async function findOldestUnsealed(db: AuditHandle): Promise<Date | null> {
  const found = await sql<{ at: Date }>`
    select e.at from audit_events e
     where e.transaction_id >= coalesce((select s.to_transaction from audit_seals s order by position desc limit 1), '0')
     order by e.transaction_id limit 1`.execute(db);
  return found.rows[0]?.at ?? null;
}

/** The last transaction that the chain covers, and the next one that the database would assign; 64-bit numbers. */
export async function getChainEnd(db: AuditHandle): Promise<{ sealed: bigint; next: bigint }> {
  const found = await sql<{ sealed: string; next: string }>`
    select coalesce(max(to_transaction), '0')::text as sealed, pg_snapshot_xmax(pg_current_snapshot())::text as next
      from audit_seals`.execute(db);
  const { sealed, next } = found.rows[0] ?? { sealed: '0', next: '0' };
  return { sealed: BigInt(sealed), next: BigInt(next) };
}

export async function findSealAt(db: AuditHandle, position: number): Promise<Seal | null> {
  const found = await sql<Seal>`select ${sql.raw(sealColumns)} from audit_seals s where position = ${position}`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** Links after a position, each with the present state of its rows. */
export async function listSealsWithRows(
  db: AuditHandle,
  after: number,
  limit: number,
): Promise<ReadonlyArray<Seal & { foundCount: number; foundHash: string | null }>> {
  const found = await sql<Seal & { foundCount: number; foundHash: string | null }>`
    select ${sql.raw(sealColumns)}, x.n::int as "foundCount", x.h as "foundHash"
      from audit_seals s
      left join lateral (
        select count(e.id) as n, ${sql.raw(rowsHashSql)} as h
          from audit_events e
         where e.transaction_id >= s.from_transaction and e.transaction_id < s.to_transaction) x on true
     where s.position > ${after}
     order by s.position
     limit ${limit}`.execute(db);
  return found.rows;
}

/** How many rows no link covers yet. */
export async function countUnsealed(db: AuditHandle, from: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from audit_events e where e.transaction_id >= ${from}::text::xid8`.execute(db);
  return found.rows[0]?.n ?? 0;
}

const sealColumns = `s.position, s.from_transaction::text as "fromTransaction", s.to_transaction::text as "toTransaction",
  s.first_id as "firstId", s.last_id as "lastId", s.row_count as "rowCount", s.rows_hash as "rowsHash",
  s.previous_hash as "previousHash", s.hash, s.format`;
