import { type QueryExecutorProvider, sql } from 'kysely';

/** Until the transaction ends, nobody else gets the lock of this name. */
export async function lockName(db: QueryExecutorProvider, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}

/**
 * Until the transaction ends, nobody else counts these things of this one in order to add one more: two who count at once
 * would both find room.
 * @param of whose things they are: a person, or a place
 */
export async function lockCount(db: QueryExecutorProvider, what: string, of: string | number): Promise<void> {
  await lockName(db, `${what} of ${of}`);
}
