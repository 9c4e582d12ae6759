import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

/** The query builder on which the guest writes its own tables; it has a small pool of its own. */
export function guestDatabase(pool: pg.Pool): Kysely<never> {
  return new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
}
