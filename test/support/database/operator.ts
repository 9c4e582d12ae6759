import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { loadConfig } from '#platform/config/config.ts';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { type EmbeddedServer, startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { assertAppRole } from '#platform/postgres/role-rights.ts';
import { openDatabase } from '../../../src/server/app/open-database.ts';
import { removeDataFolder } from './data-folder.ts';
import { databaseUrl } from './database-url.ts';
import { quickPlace } from './quick-place.ts';

/** A separate server: roles belong to the whole server. */
let server: EmbeddedServer;
let folder: string;
let number = 0;
const connected: pg.Client[] = [];

/** For the hooks of the test file: before all of it, after each test, after all. */
export async function openGround(): Promise<void> {
  folder = mkdtempSync(join(quickPlace, 'dudao-remedies-'));
  server = await startEmbedded({ dataDir: join(folder, 'server'), log: { info() {}, warn() {} }, durable: false });
}

export async function leaveConnections(): Promise<void> {
  for (const client of connected.splice(0)) await client.end();
}

export async function closeGround(): Promise<void> {
  await server.stop();
  await removeDataFolder(join(folder, 'server'));
  rmSync(folder, { recursive: true, force: true });
}

/** A folder of its own. */
export const emptyFolder = (name: string) => mkdtempSync(join(folder, `${name}-`));

/** As the administrator of the whole server. */
export const administrate = (work: (client: pg.Client) => Promise<unknown>) => withClient(server.ownerUrl, work);

/** The same in one of its databases. */
export const inDatabase = (name: string, work: (client: pg.Client) => Promise<unknown>) =>
  withClient(databaseUrl(server.ownerUrl, name), work);

/** What an operator has in hand: an empty database, the two addresses, and the folder of the data and of the files. */
export interface Site {
  readonly name: string;
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** DATABASE_APP_URL, where it is given. */
  appUrl?: string;
  as(user: string, password?: string): string;
  /** As the administrator of the server, in this database. */
  run(...statements: string[]): Promise<void>;
  start(change?: { ownerUrl?: string; dataDir?: string }): Promise<Started>;
}

export interface Started {
  readonly appUrl: string;
  close(): Promise<void>;
}

export async function site(owner?: string): Promise<Site> {
  number += 1;
  const name = `site_${number}`;
  await withClient(server.ownerUrl, (client) =>
    client.query(`create database ${name} ${owner ? `owner ${owner}` : ''}`),
  );
  const administrator = databaseUrl(server.ownerUrl, name);
  const as = (user: string, password = 'test') => {
    const url = new URL(administrator);
    url.username = user;
    url.password = password;
    return url.href;
  };
  const made: Site = {
    name,
    as,
    ownerUrl: owner ? as(owner) : administrator,
    dataDir: join(folder, `data-${number}`),
    run: (...statements) =>
      withClient(administrator, async (client) => {
        for (const statement of statements) await client.query(statement);
      }),
    start: (change) =>
      openDatabase(
        loadConfig({
          DATA_DIR: change?.dataDir ?? made.dataDir,
          DATABASE_URL: change?.ownerUrl ?? made.ownerUrl,
          ...(made.appUrl === undefined ? {} : { DATABASE_APP_URL: made.appUrl }),
        }),
        { info() {}, warn() {} },
      ),
  };
  return made;
}

/** A connection like that of a running program, or of another one. */
export async function connect(url: string, application_name = 'dudao'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name });
  client.on('error', () => {});
  connected.push(client);
  await client.connect();
  return client;
}

/** It starts, the role is bound by the row policies and not by those of an owner, and it can do its work. */
export async function startsWell(one: Site, change?: { ownerUrl?: string; dataDir?: string }): Promise<void> {
  const started = await one.start(change);
  try {
    await assertAppRole(started.appUrl);
    await withClient(started.appUrl, async (client) => {
      const { rows } = await client.query<{ policed: boolean }>(
        `select row_security_active('filings') and exists (
           select 1 from pg_policies where tablename = 'filings' and roles = array[current_user] and cmd = 'SELECT') as policed`,
      );
      expect(rows).toEqual([{ policed: true }]);
      await client.query('select count(*) from filings');
      await client.query('select count(*) from filing_facts');
      await client.query(
        'begin; insert into sign_in_failures (account, address) select account, address from sign_in_failures; rollback',
      );
      await expect(client.query('update audit_events set action = action')).rejects.toThrow('permission denied');
      await expect(client.query('alter table filings disable row level security')).rejects.toThrow('must be owner');
    });
  } finally {
    await started.close();
  }
}

/** The statement that a sentence tells an administrator to execute, with a password where it leaves one open. */
export function statementOf(sentence: string): string {
  const found = /(?:CREATE|ALTER|GRANT|REVOKE) .*?;/.exec(sentence)?.[0];
  if (found === undefined) throw new Error(`no statement in: ${sentence}`);
  return found.replaceAll("'口令'", "'test'");
}

export async function refusalOf(work: Promise<Started>): Promise<string> {
  return work.then(
    async (started) => {
      await started.close();
      throw new Error('it started');
    },
    (error: Error) => error.message,
  );
}

/** A folder of files of a smaller product, for what concerns the files themselves. */
export function files(): string {
  const directory = emptyFolder('files');
  writeFileSync(
    join(directory, '0001_add_first.sql'),
    'create table first (id int); grant select on first to dudao_app;',
  );
  writeFileSync(join(directory, '0002_add_second.sql'), 'create table second (id int);');
  return directory;
}

export const refusedFiles = (one: Site, directory: string) =>
  migrate(one.ownerUrl, { directory, patience: 50 }).then(
    () => Promise.reject(new Error('it migrated')),
    (error: Error) => error.message,
  );

/** A sentence by a part of it that no other has, and the walk that does what it says. */
export type Remedy = readonly [part: string, walk: () => Promise<void>];

export async function namesOf(one: Site): Promise<string[]> {
  return withClient(one.ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace`,
    );
    return rows.map(({ name }) => name);
  });
}
