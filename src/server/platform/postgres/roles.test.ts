import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeDataFolder } from '#test/support/database/data-folder.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { migrate } from '../db/migrate.ts';
import { withClient } from '../db/owner-client.ts';
import { type EmbeddedServer, startEmbedded } from './embedded/embedded.ts';
import { assertAppRole, assertPublicRole } from './role-rights.ts';
import { ensureAppRole } from './roles.ts';

/** A separate server: roles belong to the whole server, and the role that all tests share must keep its password. */
let server: EmbeddedServer;
let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(quickPlace, 'dudao-roles-'));
  server = await startEmbedded({ dataDir: join(folder, 'data'), log: { info() {}, warn() {} }, durable: false });
  database = await cloneDatabase();
});

afterAll(async () => {
  await server.stop();
  await database.drop();
  await removeDataFolder(join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true });
});

function as(name: string, password = 'test'): string {
  const url = new URL(server.ownerUrl);
  url.username = name;
  url.password = password;
  return url.href;
}

async function run(...statements: string[]): Promise<void> {
  await withClient(server.ownerUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

describe('making the application role', () => {
  it('makes it once, keeps its random password secret, and finds it again', async () => {
    const dataDir = join(folder, 'first');
    const [one, two] = await Promise.all([
      ensureAppRole(server.ownerUrl, { dataDir }),
      ensureAppRole(server.ownerUrl, { dataDir }),
    ]);
    expect(two).toBe(one);
    const { mode } = statSync(join(dataDir, 'app-role.json'));
    expect(mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'app-role.json'), 'utf8')).toContain(new URL(one).password);
    await assertAppRole(one);
    await withClient(one, async (client) => {
      await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/);
    });
    expect(await ensureAppRole(server.ownerUrl, { dataDir })).toBe(one);
  });

  it('is safe when many programs make it in many databases at once', async () => {
    await run('create database other_a', 'create database other_b');
    await run('drop owned by dudao_app', 'drop role dudao_app');
    const dataDir = join(folder, 'many');
    const databases = ['dudao', 'other_a', 'other_b', 'dudao', 'other_a', 'other_b'];
    const urls = await Promise.all(
      databases.map((name) => ensureAppRole(databaseUrl(server.ownerUrl, name), { dataDir })),
    );
    for (const url of urls) await assertAppRole(url);
  });

  it('takes over a role whose password is lost, but not while a program uses it', async () => {
    const old = await ensureAppRole(server.ownerUrl, { dataDir: join(folder, 'old') });
    const running = new pg.Client({ connectionString: old });
    await running.connect();
    const fresh = { dataDir: join(folder, 'fresh') };
    await expect(ensureAppRole(server.ownerUrl, fresh)).rejects.toThrow(
      /正被另一个运行中的督导系统使用.*复制到本数据目录/,
    );
    await running.end();
    await assertAppRole(await ensureAppRole(server.ownerUrl, fresh));
  });

  it('names whom to ask where the owner may not create roles, and takes a role made by another', async () => {
    await run(
      `create role plain_owner login password 'test'`,
      `create role made_for_him login password 'test'`,
      'create database his_own owner plain_owner',
      'drop owned by dudao_app',
      'drop role dudao_app',
    );
    const ownerUrl = databaseUrl(as('plain_owner'), 'his_own');
    const dataDir = join(folder, 'his');
    await expect(ensureAppRole(ownerUrl, { dataDir })).rejects.toThrow('请由数据库管理员建立一个普通用户');
    const appUrl = databaseUrl(as('made_for_him'), 'his_own');
    expect(await ensureAppRole(ownerUrl, { dataDir, appUrl })).toBe(appUrl);
    const options = {
      directory: migrationsOf('create table kept (id int); grant select on kept to dudao_app;'),
      appRole: 'made_for_him',
    };
    await expect(migrate(ownerUrl, options)).rejects.toThrow('CREATE ROLE "dudao_public" NOLOGIN;');
    await run('create role dudao_public nologin');
    await migrate(ownerUrl, options);
    await assertAppRole(appUrl);
    await assertPublicRole(ownerUrl);
    await withClient(appUrl, (client) => client.query('select * from kept'));
  });
});

describe('an address for the application that leads elsewhere', () => {
  it('is refused before anything is migrated', async () => {
    await run(`create role elsewhere login password 'test'`, 'create database one_place', 'create database another');
    const ownerUrl = databaseUrl(server.ownerUrl, 'one_place');
    const options = (name: string) => ({
      dataDir: join(folder, 'elsewhere'),
      appUrl: databaseUrl(as('elsewhere'), name),
    });
    await expect(ensureAppRole(ownerUrl, options('another'))).rejects.toThrow('不是同一个数据库');
    await expect(ensureAppRole(ownerUrl, options('one_place'))).resolves.toContain('one_place');
    // Two users may have their own time zones; the server's start is the same moment for both.
    await run(`alter role elsewhere set timezone = 'Asia/Shanghai'`);
    await expect(ensureAppRole(ownerUrl, options('one_place'))).resolves.toContain('one_place');
    await run('revoke connect on database one_place from public');
    await expect(ensureAppRole(ownerUrl, options('one_place'))).resolves.toContain('one_place');
    const sameNameElsewhere = {
      ...options('one_place'),
      appUrl: databaseUrl(database.appUrl, new URL(database.appUrl).pathname.slice(1)),
    };
    await expect(ensureAppRole(ownerUrl, sameNameElsewhere)).rejects.toThrow('不是同一个数据库');
  });
});

describe('a given database whose owner is an ordinary user', () => {
  it('who may create roles: the role is made, the real migrations run, and the role is accepted', async () => {
    await run(`create role city_owner login createrole password 'test'`, 'create database city owner city_owner');
    await run('drop owned by dudao_app', 'drop role dudao_app').catch(() => {});
    const ownerUrl = databaseUrl(as('city_owner'), 'city');
    const appUrl = await ensureAppRole(ownerUrl, { dataDir: join(folder, 'city') });
    const { applied } = await migrate(ownerUrl, {
      directory: fileURLToPath(new URL('../../../../migrations', import.meta.url)),
    });
    expect(applied.length).toBeGreaterThan(0);
    await assertAppRole(appUrl);
    await expect(assertAppRole(ownerUrl)).rejects.toThrow('数据库的所有者：“city”');
  });
});

let count = 0;
function migrationsOf(sql: string): string {
  count += 1;
  const directory = mkdtempSync(join(folder, `migrations-${count}-`));
  writeFileSync(join(directory, '0001_first.sql'), sql);
  return directory;
}

describe('refusing a role that the row policies would not hold', () => {
  it('accepts the role of the program itself on a migrated database', async () => {
    await expect(assertAppRole(database.appUrl)).resolves.toBeUndefined();
  });

  it('refuses the owner of a migrated database', async () => {
    await expect(assertAppRole(database.ownerUrl)).rejects.toThrow('是超级用户（SUPERUSER）');
  });

  it.each([
    ['a superuser', [`create role a_super login superuser password 'test'`], 'a_super', '超级用户'],
    ['BYPASSRLS', [`create role a_bypass login bypassrls password 'test'`], 'a_bypass', '绕过行级权限（BYPASSRLS）'],
    ['CREATEROLE', [`create role a_maker login createrole password 'test'`], 'a_maker', 'CREATEROLE'],
    [
      'REPLICATION',
      [`create role a_copier login replication password 'test'`],
      'a_copier',
      '可以复制整个服务器（REPLICATION）',
    ],
    [
      'the owner of a table',
      [
        `create role a_table login password 'test'`,
        'create table owned_by_a (id int)',
        'alter table owned_by_a owner to a_table',
      ],
      'a_table',
      '表或视图的所有者：“owned_by_a”',
    ],
    [
      'the owner of a schema',
      [`create role a_schema login password 'test'`, 'create schema theirs authorization a_schema'],
      'a_schema',
      '模式的所有者：“theirs”',
    ],
    [
      'a member of a superuser',
      [`create role a_boss superuser`, `create role a_member login password 'test' in role a_boss`],
      'a_member',
      '是角色“a_boss”的成员，而该角色是超级用户',
    ],
    [
      'a member, two steps away, that inherits nothing',
      [
        'create role b_boss bypassrls',
        'create role b_middle noinherit in role b_boss',
        `create role b_member login noinherit password 'test' in role b_middle`,
      ],
      'b_member',
      '“b_boss”的成员',
    ],
    [
      'one who writes everything',
      [`create role a_writer login password 'test' in role pg_write_all_data`],
      'a_writer',
      '可以读写全部数据',
    ],
  ])('refuses %s', async (_, statements, name, sentence) => {
    await run(...statements);
    await expect(assertAppRole(as(name))).rejects.toThrow(sentence);
  });

  it('refuses a role that may do more with the audit than read it, directly or through a group', async () => {
    await run(
      'create role auditing',
      `create role a_tamperer login noinherit password 'test' in role auditing`,
      'create database with_audit',
    );
    const ownerUrl = databaseUrl(server.ownerUrl, 'with_audit');
    const appUrl = databaseUrl(as('a_tamperer'), 'with_audit');
    await withClient(ownerUrl, async (client) => {
      await client.query('create table audit_events (id int, note text); create table audit_seals (id int)');
      await client.query('grant select on audit_events to a_tamperer; grant select on audit_seals to a_tamperer');
    });
    await assertAppRole(appUrl);
    await withClient(ownerUrl, (client) => client.query('grant update (note) on audit_events to auditing'));
    await expect(assertAppRole(appUrl)).rejects.toThrow(
      '“auditing”的成员，而该角色可以改动审计表：“audit_events UPDATE”，审计记录必须只能追加',
    );
    await withClient(ownerUrl, (client) => client.query('grant insert on audit_events to a_tamperer'));
    await expect(assertAppRole(appUrl)).rejects.toThrow('“audit_events INSERT”');
    await withClient(ownerUrl, (client) => client.query('grant all on audit_seals to a_tamperer'));
    await expect(assertAppRole(appUrl)).rejects.toThrow('“audit_seals DELETE, INSERT, TRUNCATE, UPDATE”');
  });

  it('refuses the owner of the database', async () => {
    await run(`create role a_database login password 'test'`, 'create database theirs owner a_database');
    await expect(assertAppRole(databaseUrl(as('a_database'), 'theirs'))).rejects.toThrow('数据库的所有者：“theirs”');
  });

  it('explains in a sentence why it cannot connect', async () => {
    await expect(assertAppRole(as('nobody_here'))).rejects.toThrow('用户名或口令不正确');
    await expect(assertAppRole('postgres://u:p@127.0.0.1:9/dudao')).rejects.toThrow(
      '无法连接数据库 127.0.0.1:9/dudao：没有程序在该地址监听。',
    );
  });
});
