import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { WholeHandle } from '#platform/db/handle.ts';

/** The database in which better-auth writes its tables. */
export interface AuthDatabase {
  readonly handle: Kysely<never> | WholeHandle;
  /** Whether better-auth may open transactions there. */
  readonly transactions: boolean;
}

/** A small separate pool for signing in. */
export function databaseOfPool(pool: pg.Pool): AuthDatabase {
  return { handle: new Kysely<never>({ dialect: new PostgresDialect({ pool }) }), transactions: true };
}

/**
 * The transaction of one of our acts. better-auth's writes there are kept or undone together with the act's audit row.
 */
export function databaseOfAct(handle: WholeHandle): AuthDatabase {
  return { handle, transactions: false };
}
