import { sql } from 'kysely';
import { lockCount } from '#platform/db/named-lock.ts';
import type { AccessHandle } from '../account/accounts.store.ts';

/** A row that one person proposed and another decides: a change of a role, a set of posts, a request for an account. */
export interface ProposalRow {
  readonly proposedBy: string;
  readonly proposerName: string;
  readonly proposedAt: Date;
  readonly deciderName: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

export interface Decision<State extends string> {
  readonly state: State;
  /** Null where the time decided and no person. */
  readonly by: string | null;
  readonly now: Date;
  readonly reason?: string;
}

/** Says what became of a locked row of this table, which has the columns of a decision. */
export async function writeDecision(
  db: AccessHandle,
  table: string,
  id: string,
  { state, by, now, reason }: Decision<string>,
): Promise<void> {
  await sql`
    update ${sql.table(table)}
       set state = ${state}, decided_by = ${by}, decided_at = ${now}, reason = ${reason ?? null}
     where id = ${id}`.execute(db);
}

/**
 * The rows of this table that wait and were proposed by this person. Until the transaction ends, nobody else counts those
 * of this person: two proposals at once would both find room.
 */
export async function countWaitingOf(db: AccessHandle, table: string, personId: string): Promise<number> {
  await lockCount(db, table, personId);
  const found = await sql<{ count: number }>`
    select count(*)::integer as count from ${sql.table(table)}
     where state = 'waiting' and proposed_by = ${personId}`.execute(db);
  return found.rows[0]?.count ?? 0;
}
