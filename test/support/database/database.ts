import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { withClient } from '#platform/db/owner-client.ts';
import { openPool } from '#platform/db/pool.ts';
import { databaseUrl } from './database-url.ts';

/** A migrated, empty database that belongs to one test file. */
export interface TestDatabase {
  /** As the owner, past all row policies: to set up and to look, never to act. */
  ownerUrl: string;
  /** As `dudao_app`: what the program itself uses. */
  appUrl: string;
  /** Removes the database and ends the remaining connections. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template, by its files: to write it to the log takes three times as long. Call it in `beforeAll`,
 * and `drop` in `afterAll`.
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(cluster.ownerUrl, `create database ${name} template ${cluster.template} strategy file_copy`);
  return {
    ownerUrl: databaseUrl(cluster.ownerUrl, name),
    appUrl: databaseUrl(cluster.appUrl, name),
    drop: () => asOwner(cluster.ownerUrl, `drop database if exists ${name} with (force)`),
  };
}

/** The processes of this database that wait for a lock; other files wait in databases of their own on the same cluster. */
export const atLock = `
  select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

/** A clone with a connection of the owner. `close` ends it and removes the database. */
export async function cloneWithOwner() {
  const database = await cloneDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return {
    ...{ database, owner },
    async close(): Promise<void> {
      await owner.end();
      await database.drop();
    },
  };
}

/** The same with a pool of the program, which `close` ends first. */
export async function connectClone({ max }: { readonly max: number }) {
  const { database, owner, close } = await cloneWithOwner();
  const pool = openPool({ url: database.appUrl, max });
  return {
    ...{ database, pool, owner },
    async close(): Promise<void> {
      await pool.end();
      await close();
    },
  };
}

const asOwner = (url: string, statement: string): Promise<void> =>
  withClient(url, async (client) => void (await client.query(statement)));
