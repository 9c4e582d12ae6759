import { copyFileSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { databaseUrl } from '#test/support/database-url.ts';
import { migrate } from './migrate.ts';
import { withClient } from './owner-client.ts';

let folder: string;
let directory: string;
let url: string;
let number = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-migrate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  number += 1;
  directory = mkdtempSync(join(folder, 'migrations-'));
  const name = `migrate_${process.pid}_${number}`;
  await withClient(inject('cluster').ownerUrl, (client) => client.query(`create database ${name}`));
  url = databaseUrl(inject('cluster').ownerUrl, name);
  file('0001_first', 'create table first (id int); grant select on first to dudao_app;');
  file('0002_second', 'create table second (id int);');
});

afterEach(async () => {
  const name = new URL(url).pathname.slice(1);
  await withClient(inject('cluster').ownerUrl, (client) => client.query(`drop database ${name} with (force)`));
});

function file(name: string, sql: string): void {
  writeFileSync(join(directory, `${name}.sql`), sql);
}

async function tables(): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    return rows.map((row) => row.name);
  });
}

describe('migrations', () => {
  it('run in number order, once, and leave their row', async () => {
    expect(await migrate(url, { directory })).toEqual({ applied: ['0001_first', '0002_second'] });
    expect(await migrate(url, { directory })).toEqual({ applied: [] });
    file('0003_third', 'create table third as select * from second;');
    expect(await migrate(url, { directory })).toEqual({ applied: ['0003_third'] });
    expect(await tables()).toEqual(['first', 'schema_migrations', 'second', 'third']);
  });

  it('leave nothing of a file that fails, and name its line', async () => {
    file('0002_second', 'create table second (id int);\n\nselect nonsense from nowhere;');
    await expect(migrate(url, { directory })).rejects.toThrow(/0002_second 执行失败（第 3 行）/);
    expect(await tables()).toEqual(['first', 'schema_migrations']);
  });

  it('refuse a file that ends its transaction, because half of it would stay', async () => {
    file('0002_second', 'create table second (id int); commit; create table half (id int);');
    await expect(migrate(url, { directory })).rejects.toThrow('ends the transaction');
    await expect(migrate(url, { directory })).rejects.toThrow('0002_second');
  });

  it('of two migrators at once one works, and the other finds it done', async () => {
    file('0002_second', 'create table second (id int); select pg_sleep(0.2);');
    const results = await Promise.all([migrate(url, { directory }), migrate(url, { directory })]);
    expect(results.map((result) => result.applied.length).sort()).toEqual([0, 2]);
  });

  it('do not wait for ever for another migrator', async () => {
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('select pg_advisory_lock($1)', [0x6475_6461]);
    await expect(migrate(url, { directory, patience: 50 })).rejects.toThrow('另一个程序正在升级数据库');
    await other.end();
  });

  it('refuse a file changed after it ran, a missing one, one squeezed in, and a newer database', async () => {
    await migrate(url, { directory });
    file('0001_first', 'create table first (id bigint);');
    await expect(migrate(url, { directory })).rejects.toThrow('升级文件 0001_first 在执行之后被改动过');
    unlinkSync(join(directory, '0001_first.sql'));
    await expect(migrate(url, { directory })).rejects.toThrow('执行过升级文件 0001_first，而程序里没有它');
    file('0001_first', 'create table first (id int); grant select on first to dudao_app;');
    file('0000_before', 'select 1;');
    await expect(migrate(url, { directory })).rejects.toThrow('0000_before 排在已执行的 0002_second 之前');
    unlinkSync(join(directory, '0000_before.sql'));
    unlinkSync(join(directory, '0002_second.sql'));
    await expect(migrate(url, { directory })).rejects.toThrow('数据库已升级到 0002_second，比本程序（0001_first）新');
  });

  it('take the same file with other line ends for the same', async () => {
    file('0002_second', 'create table second (id int);\n-- end\n');
    await migrate(url, { directory });
    file('0002_second', 'create table second (id int);\r\n-- end\r\n');
    expect(await migrate(url, { directory })).toEqual({ applied: [] });
  });

  it('refuse doubled numbers, odd names and an empty folder', async () => {
    copyFileSync(join(directory, '0002_second.sql'), join(directory, '0002_again.sql'));
    await expect(migrate(url, { directory })).rejects.toThrow('编号 0002 重复');
    unlinkSync(join(directory, '0002_again.sql'));
    file('third', 'select 1;');
    await expect(migrate(url, { directory })).rejects.toThrow('third.sql 的名称不符合');
    await expect(migrate(url, { directory: mkdtempSync(join(folder, 'empty-')) })).rejects.toThrow(
      '没有数据库升级文件',
    );
  });

  it('say so when the rights were granted to another role than the one in use', async () => {
    await migrate(url, { directory });
    const role = `other_${process.pid}`;
    await withClient(url, (client) => client.query(`create role ${role}`));
    const again = () => migrate(url, { directory, appRole: role });
    await expect(again()).rejects.toThrow(`GRANT "dudao_app" TO "${role}";`);
    await withClient(url, (client) => client.query(`grant dudao_app to ${role}`));
    expect(await again()).toEqual({ applied: [] });
    await withClient(url, (client) => client.query(`drop role ${role}`));
  });
});
