import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { atLock } from '#test/support/database/database.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { migrate } from './migrate.ts';
import { withClient, withSession } from './owner-client.ts';

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

function again(name: string, sql: string): void {
  writeFileSync(join(directory, 'again', `${name}.sql`), sql);
}

async function ask(sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows);
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
  it('run in number order, once, and are recorded', async () => {
    expect(await migrate(url, { directory })).toEqual({ applied: ['0001_first', '0002_second'] });
    expect(await migrate(url, { directory })).toEqual({ applied: [] });
    file('0003_third', 'create table third as select * from second;');
    expect(await migrate(url, { directory })).toEqual({ applied: ['0003_third'] });
    expect(await tables()).toEqual(['first', 'schema_again', 'schema_migrations', 'second', 'third']);
  });

  it('leave the database as it was where one of them fails, and name the line', async () => {
    file('0002_second', 'create table second (id int);\n\nselect nonsense from nowhere;');
    await expect(migrate(url, { directory })).rejects.toThrow(/0002_second 执行失败（第 3 行）/);
    expect(await tables()).toEqual(['schema_again', 'schema_migrations']);
  });

  it('refuse a file that ends its transaction, because half of it would stay', async () => {
    file('0002_second', 'create table second (id int); commit; create table half (id int);');
    await expect(migrate(url, { directory })).rejects.toThrow('ends the transaction');
    await expect(migrate(url, { directory })).rejects.toThrow('0002_second');
  });

  it('run once when two migrators start at once, and the second finds them done', async () => {
    file('0002_second', 'create table second (id int); select pg_sleep(0.2);');
    const results = await Promise.all([migrate(url, { directory }), migrate(url, { directory })]);
    expect(results.map((result) => result.applied.length).sort()).toEqual([0, 2]);
  });

  it('do not wait for another migrator without limit', async () => {
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('select pg_advisory_lock($1)', [0x6475_6461]);
    await expect(migrate(url, { directory, patience: 50 })).rejects.toThrow('另一个程序正在升级数据库');
    await other.end();
  });

  it('leave the next migrator its turn while the connection on which they ran stays open', async () => {
    await withSession(url, async (session) => {
      expect((await migrate(session, { directory })).applied).toHaveLength(2);
      expect(await migrate(url, { directory, patience: 50 })).toEqual({ applied: [] });
      expect((await session.client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it('refuse a changed file, a missing file, an inserted file, and a newer database', async () => {
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

  it('accept the same file with other line ends', async () => {
    file('0002_second', 'create table second (id int);\n-- end\n');
    await migrate(url, { directory });
    file('0002_second', 'create table second (id int);\r\n-- end\r\n');
    expect(await migrate(url, { directory })).toEqual({ applied: [] });
  });

  it('refuse duplicate numbers, odd names and an empty folder', async () => {
    copyFileSync(join(directory, '0002_second.sql'), join(directory, '0002_again.sql'));
    await expect(migrate(url, { directory })).rejects.toThrow('编号 0002 重复');
    unlinkSync(join(directory, '0002_again.sql'));
    file('third', 'select 1;');
    await expect(migrate(url, { directory })).rejects.toThrow('third.sql 的名称不符合');
    await expect(migrate(url, { directory: mkdtempSync(join(folder, 'empty-')) })).rejects.toThrow(
      '没有数据库升级文件',
    );
  });

  it('move the rights to another role where it is the one in use, and make it no member of the first', async () => {
    await migrate(url, { directory });
    const role = `other_${process.pid}`;
    await withClient(url, (client) => client.query(`create role ${role}`));
    const again = () => migrate(url, { directory, appRole: role });
    const mayRead = (name: string) => ask(`select has_table_privilege('${name}', 'first', 'select') as may`);
    expect(await again()).toEqual({ applied: [], former: ['dudao_app'] });
    expect(await mayRead(role)).toEqual([{ may: true }]);
    expect(await mayRead('dudao_app')).toEqual([{ may: false }]);
    expect(await ask(`select pg_has_role('${role}', 'dudao_app', 'member') as member`)).toEqual([{ member: false }]);
    expect(await again()).toEqual({ applied: [] });
    expect(await migrate(url, { directory })).toEqual({ applied: [], former: [role] });
    expect(await mayRead('dudao_app')).toEqual([{ may: true }]);
    await withClient(url, (client) => client.query(`drop owned by ${role}; drop role ${role}`));
  });
});

describe('the files of again/', () => {
  beforeEach(() => {
    mkdirSync(join(directory, 'again'));
    again('first', 'create view firsts as select id from first; grant select on firsts to dudao_app;');
    again(
      'second',
      `create view seconds as select id from firsts;
      create function doubled(n int) returns int language sql as 'select n * 2';`,
    );
  });

  it('run after the numbered ones, and all run again when one has changed', async () => {
    await migrate(url, { directory });
    expect(await ask('select count(*)::int as n, doubled(2) from seconds')).toEqual([{ n: 0, doubled: 4 }]);
    const made = await ask(`select oid from pg_class where relname = 'firsts'`);
    await migrate(url, { directory });
    expect(await ask(`select oid from pg_class where relname = 'firsts'`)).toEqual(made);
    // Another column list for the view below: it could not be replaced in place.
    again('first', `create view firsts as select 'a' as letter, id from first; grant select on firsts to dudao_app;`);
    await migrate(url, { directory });
    expect(await ask('select * from firsts')).toEqual([]);
    expect(await ask(`select has_table_privilege('dudao_app', 'firsts', 'select') as granted`)).toEqual([
      { granted: true },
    ]);
    expect(await ask('select objects from schema_again order by position')).toEqual([
      { objects: ['view public.firsts'] },
      { objects: ['view public.seconds', 'function public.doubled(integer)'] },
    ]);
  });

  it('run in the order of their names, but those of the features run before them', async () => {
    mkdirSync(join(directory, 'again/features/wells'), { recursive: true });
    again('features/wells/deep', 'create view deep_wells as select id from wells;');
    again('features/wells', 'create view wells as select id from second;');
    again('all_wells', 'create view all_wells as select id from wells union all select id from deep_wells;');
    await migrate(url, { directory });
    expect(await ask('select name from schema_again order by position')).toEqual(
      ['features/wells', 'features/wells/deep', 'all_wells', 'first', 'second'].map((name) => ({ name })),
    );
    unlinkSync(join(directory, 'again/features/wells/deep.sql'));
    unlinkSync(join(directory, 'again/features/wells.sql'));
    unlinkSync(join(directory, 'again/all_wells.sql'));
    await migrate(url, { directory });
    expect(await ask(`select viewname from pg_views where viewname like '%wells'`)).toEqual([]);
  });

  it('are dropped for a numbered file that changes a column below them', async () => {
    await migrate(url, { directory });
    file('0003_third', 'alter table first alter column id type bigint;');
    expect(await migrate(url, { directory })).toEqual({ applied: ['0003_third'] });
    expect(await ask('select count(*)::int as n from seconds')).toEqual([{ n: 0 }]);
  });

  it('drop their views and functions when they are deleted', async () => {
    await migrate(url, { directory });
    unlinkSync(join(directory, 'again', 'second.sql'));
    await migrate(url, { directory });
    expect(await ask(`select to_regclass('seconds') as view, to_regproc('doubled') as function`)).toEqual([
      { view: null, function: null },
    ]);
  });

  it('leave old views in place where a new one fails', async () => {
    await migrate(url, { directory });
    again('second', 'create view seconds as select nothing from firsts;');
    await expect(migrate(url, { directory })).rejects.toThrow('second 执行失败');
    expect(await ask('select count(*)::int as n, doubled(2) from seconds')).toEqual([{ n: 0, doubled: 4 }]);
  });

  it('keep objects that others have built on them, and report these', async () => {
    await migrate(url, { directory });
    await ask('create view report_of_the_office as select id from firsts');
    again('first', 'create view firsts as select id, id as twice from first;');
    await expect(migrate(url, { directory })).rejects.toThrow(/report_of_the_office.*由数据库管理员先移除/s);
    expect(await ask('select id from report_of_the_office')).toEqual([]);
  });

  it('wait for a server that reads, and a server that asks meanwhile always finds the views', async () => {
    await migrate(url, { directory });
    await withClient(url, (reader) =>
      withClient(url, async (other) => {
        const prepared = { name: 'seconds', text: 'select id from seconds' };
        await other.query(prepared);
        await reader.query('begin');
        await reader.query('select id from firsts');
        again('second', 'create view seconds as select id from firsts where id > 0;');
        const migrated = migrate(url, { directory });
        // The migrator has dropped `seconds`, which others cannot see yet, and waits for `firsts`, which the reader holds.
        await expect.poll(() => ask(atLock), { timeout: 5_000 }).not.toEqual([]);
        const asked = other.query(prepared);
        // The reader wants what the migrator holds: the migrator gives way.
        const both = reader.query('select id from seconds').then(() => reader.query('commit'));
        await Promise.all([asked, both, migrated]);
        expect((await other.query(prepared)).rows).toEqual([]);
      }),
    );
  });
});

describe('a database of the time before the first release', () => {
  it('is refused with the command that makes a new database', async () => {
    const dump = new URL('../../../../test/upgrade/unreleased-ledger.sql', import.meta.url);
    await withClient(url, (client) => client.query(readFileSync(dump, 'utf8')));
    file('0001_guard_places', 'select 1;');
    unlinkSync(join(directory, '0001_first.sql'));
    await expect(migrate(url, { directory })).rejects.toThrow(/0001_directory.*dudao db reset --yes/);
    const real = new URL('../../../../migrations', import.meta.url).pathname;
    await expect(migrate(url, { directory: real })).rejects.toThrow(/0001_directory.*dudao db reset --yes/);
    expect(await ask('select count(*)::int as n from schema_migrations')).toEqual([{ n: 22 }]);
  });
});
