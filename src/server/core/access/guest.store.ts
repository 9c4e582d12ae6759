import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { WholeHandle } from '#platform/db/handle.ts';

/** Where the guest writes its tables. */
export interface GuestDatabase {
  readonly handle: Kysely<never> | WholeHandle;
  /** Whether it may open transactions there. */
  readonly transactions: boolean;
}

/** A small pool of its own, for signing in. */
export function databaseOfPool(pool: pg.Pool): GuestDatabase {
  return { handle: new Kysely<never>({ dialect: new PostgresDialect({ pool }) }), transactions: true };
}

/** The transaction of one of our acts: what the guest writes there stays or goes with the act's row in the audit. */
export function databaseOfAct(handle: WholeHandle): GuestDatabase {
  return { handle, transactions: false };
}
