import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import { rowsHashSql, type Seal } from './chain.ts';

export type AuditHandle = Handle<'audit_events' | 'audit_seals'>;

/** Any number does; every sealer of every server asks for this one. */
const sealerKey = 0x7365_616c;

/** Takes the sealer's turn for this transaction, and the sight of all rows that goes with it; false when taken. */
export async function openSealing(db: AuditHandle): Promise<boolean> {
  const turn = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sealerKey}) as mine`.execute(db);
  if (turn.rows[0]?.mine !== true) return false;
  await seeAllRows(db);
  return true;
}

/** Lets this transaction read audit rows of every county; for sealing and verifying, which look at all of them. */
export async function seeAllRows(db: AuditHandle): Promise<void> {
  await sql`set local app.sealing = 'on'`.execute(db);
}

export async function lastSeal(db: AuditHandle): Promise<Seal | null> {
  const found =
    await sql<Seal>`select ${sql.raw(sealColumns)} from audit_seals s order by position desc limit 1`.execute(db);
  return found.rows[0] ?? null;
}

/** The settled rows from a transaction on, hashed; null when there are none. */
export async function settledRows(
  db: AuditHandle,
  from: string,
): Promise<Pick<Seal, 'toTransaction' | 'firstId' | 'lastId' | 'rowCount' | 'rowsHash'> | null> {
  const found = await sql<{
    toTransaction: string;
    firstId: number | null;
    lastId: number;
    rowCount: number;
    rowsHash: string;
  }>`
    select edge.upto::text as "toTransaction", min(e.id) as "firstId", max(e.id) as "lastId",
           count(e.id)::int as "rowCount", ${sql.raw(rowsHashSql)} as "rowsHash"
      from (select pg_snapshot_xmin(pg_current_snapshot()) as upto) edge
      left join audit_events e on e.transaction_id >= ${from}::text::xid8 and e.transaction_id < edge.upto
     group by edge.upto`.execute(db);
  const rows = found.rows[0];
  if (rows === undefined || rows.firstId === null || rows.rowCount === 0) return null;
  return { ...rows, firstId: rows.firstId };
}

export async function insertSeal(db: AuditHandle, seal: Seal): Promise<void> {
  await sql`
    insert into audit_seals (position, from_transaction, to_transaction, first_id, last_id, row_count, rows_hash, previous_hash, hash)
    values (${seal.position}, ${seal.fromTransaction}::text::xid8, ${seal.toTransaction}::text::xid8, ${seal.firstId},
            ${seal.lastId}, ${seal.rowCount}, ${seal.rowsHash}, ${seal.previousHash}, ${seal.hash})`.execute(db);
}

/** Links after a position, each beside what its rows say today. */
export async function sealsWithRows(
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
export async function unsealedCount(db: AuditHandle, from: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from audit_events e where e.transaction_id >= ${from}::text::xid8`.execute(db);
  return found.rows[0]?.n ?? 0;
}

const sealColumns = `s.position, s.from_transaction::text as "fromTransaction", s.to_transaction::text as "toTransaction",
  s.first_id as "firstId", s.last_id as "lastId", s.row_count as "rowCount", s.rows_hash as "rowsHash",
  s.previous_hash as "previousHash", s.hash`;
