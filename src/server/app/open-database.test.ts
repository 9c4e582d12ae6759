import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadConfig } from '#platform/config/config.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { removeDataFolder } from '#test/support/database/data-folder.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { openDatabase } from './open-database.ts';
import { prepareContent } from './prepare-content.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await cloneDatabase();
  folder = mkdtempSync(join(tmpdir(), 'dudao-open-'));
});
afterAll(async () => {
  await database.drop();
  await removeDataFolder(folder);
});

it('a start asks everything on one connection of each role, beside the one that tries the address', async () => {
  const config = loadConfig({
    DATA_DIR: join(folder, 'once'),
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
  });
  const connect = vi.spyOn(pg.Client.prototype, 'connect');
  try {
    const opened = await openDatabase(config, { info() {}, warn() {} });
    await prepareContent(opened, { ...config, sample: false }, { info() {}, warn() {} });
    await opened.close();
    expect(connect).toHaveBeenCalledTimes(3);
  } finally {
    connect.mockRestore();
  }
});

it('a database whose chain comes from another cluster is refused before anybody can write to it', async () => {
  const config = loadConfig({
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
  });
  const open = () => openDatabase(config, { info() {}, warn() {} });
  await (await open()).close();
  await withClient(database.ownerUrl, (client) =>
    client.query(
      `insert into audit_seals (position, from_transaction, to_transaction, first_id, last_id, row_count, rows_hash,
         previous_hash, hash) values (1, '0', '8589934999', 1, 1, 1, 'rows', 'before', 'link')`,
    ),
  );
  await expect(open()).rejects.toThrow(/pg_resetwal --epoch=3/);
  // The folder is released again: the second refusal is the same and not one about the folder.
  await expect(open()).rejects.toThrow(/pg_resetwal --epoch=3/);
});
