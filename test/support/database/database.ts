import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
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

/** Clones the migrated template (under 100 ms). Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(cluster.ownerUrl, `create database ${name} template ${cluster.template}`);
  return {
    ownerUrl: databaseUrl(cluster.ownerUrl, name),
    appUrl: databaseUrl(cluster.appUrl, name),
    drop: () => asOwner(cluster.ownerUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
