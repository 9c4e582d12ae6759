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
 * @param template another template than the migrated one, see `filledTemplate`
 */
export async function cloneDatabase(template = inject('cluster').template): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(cluster.ownerUrl, copyOf(template, name));
  return {
    ownerUrl: databaseUrl(cluster.ownerUrl, name),
    appUrl: databaseUrl(cluster.appUrl, name),
    drop: () => asOwner(cluster.ownerUrl, `drop database if exists ${name} with (force)`),
  };
}

/**
 * The name of a template that is filled once in a run, by the file that is the first to ask, while others wait for it.
 * `fill` leaves no connection behind.
 */
export function filledTemplate(
  name: string,
  fill: (addresses: Pick<TestDatabase, 'ownerUrl' | 'appUrl'>) => Promise<void>,
): Promise<string> {
  const cluster = inject('cluster');
  return withClient(cluster.ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return name;
    const filling = `${name}_filling`;
    // A file that failed has left it half filled.
    await client.query(`drop database if exists ${filling} with (force)`);
    await client.query(copyOf(cluster.template, filling));
    await fill({
      ownerUrl: databaseUrl(cluster.ownerUrl, filling),
      appUrl: databaseUrl(cluster.appUrl, filling),
    });
    await client.query(`alter database ${filling} rename to ${name}`);
    return name;
  });
}

const copyOf = (template: string, name: string) => `create database ${name} template ${template} strategy file_copy`;

/**
 * The processes of this database that wait for a lock; other files wait in databases of their own on the same cluster. It
 * reads the locks: within a transaction the sessions of pg_stat_activity stay those that it read first.
 */
export const atLock = `
  select distinct w.pid from pg_locks w join pg_locks own on own.pid = w.pid join pg_database d on d.oid = own.database
   where not w.granted and d.datname = current_database()`;

/** A clone with a connection of the owner. `close` ends it and removes the database. */
export async function cloneWithOwner(template?: string) {
  const database = await cloneDatabase(template);
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
