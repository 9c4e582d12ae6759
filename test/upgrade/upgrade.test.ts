import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { loadConfig } from '#platform/config/config.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { openSession } from '#test/support/cast.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { httpPerson } from '#test/support/http-person.ts';
import { schools } from '#test/support/scenario.ts';
import { openDatabase } from '../../src/server/app/open-database.ts';
import { restoreBackup } from '../../src/server/app/operations/backup/restore-backup.ts';
import { runServer } from '../../src/server/app/run.ts';

/** Each dump with the last migration of its schema: see README.md beside. */
const dumps = [['before-0019.tar', '0018_add_undo']] as const;

const log = { info() {}, warn() {} };
let folder: string;
const databases: string[] = [];
const cluster = () => inject('cluster');
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dudao-upgrade-'));
});
afterAll(async () => {
  for (const name of databases) {
    await withClient(cluster().ownerUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
  rmSync(folder, { recursive: true, force: true });
});

it.each(dumps)(
  '%s, at %s, is brought to the present schema, and the product reads what it holds',
  async (dump, last) => {
    const name = `upgraded_${randomBytes(4).toString('hex')}`;
    databases.push(name);
    await withClient(cluster().ownerUrl, (client) => client.query(`create database ${name}`));
    const dataDir = path.join(folder, name);
    const config = loadConfig({
      ...{ DATA_DIR: dataDir, DATABASE_URL: databaseUrl(cluster().ownerUrl, name), PORT: '0' },
      ...{ DATABASE_APP_URL: databaseUrl(cluster().appUrl, name), SAMPLE: 'off', LOG_LEVEL: 'silent' },
    });
    const file = new URL(dump, import.meta.url).pathname;
    const { manifest } = await restoreBackup({ config, file, key: null, log });
    expect(manifest.migrations.at(-1)?.name).toBe(last);
    expect(manifest.audit.position).toBeGreaterThan(0);
    // Opening looks at roles, schema and chain; a second time nothing is left to migrate.
    const database = await openDatabase(config, log);
    const secret = readFileSync(path.join(dataDir, 'auth-secret'), 'utf8').trim();
    const { cookie, filingId } = await withClient(database.ownerUrl, async (client) => {
      const head = await client.query(`select id from people where username = 'head'`);
      const filing = await client.query('select id from filings where school_id = $1', [schools.first.id]);
      return {
        cookie: await openSession(client, head.rows[0].id, new Date(), secret),
        filingId: filing.rows[0].id as string,
      };
    });
    const server = await runServer({ config, appUrl: database.appUrl, sample: false, background: false });
    try {
      const head = httpPerson(() => server.address, cookie);
      const filing = await head.call(filings.read, { params: { filingId } });
      expect(filing.state).toBe('approved');
      expect(Object.keys(filing.cells).length).toBeGreaterThan(20);
      const { rows } = await head.call(filings.timeline, { params: { filingId }, query: { page: 1, pageSize: 50 } });
      expect(rows.map(({ kind }) => kind)).toContain('step');
    } finally {
      await server.close();
      await database.close();
    }
  },
);
