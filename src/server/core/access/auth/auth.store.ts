import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { WholeHandle } from '#platform/db/handle.ts';

/** Where better-auth writes its tables. */
export interface AuthDatabase {
  readonly handle: Kysely<never> | WholeHandle;
  /** Whether it may open transactions there. */
  readonly transactions: boolean;
}

/** A small pool of its own, for signing in. */
export function databaseOfPool(pool: pg.Pool): AuthDatabase {
  return { handle: new Kysely<never>({ dialect: new PostgresDialect({ pool }) }), transactions: true };
}

/** The transaction of one of our acts: what better-auth writes there stays or goes with the act's row in the audit. */
export function databaseOfAct(handle: WholeHandle): AuthDatabase {
  return { handle, transactions: false };
}
