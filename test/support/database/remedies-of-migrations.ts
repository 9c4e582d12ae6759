import { cpSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, vi } from 'vitest';
import { migrate } from '#platform/db/migrate.ts';
import { register as registerDb } from '../../../src/server/app/commands/db.ts';
import { migrationsFolder } from '../../../src/server/app/root.ts';
import {
  administrate,
  connect,
  emptyFolder,
  files,
  inDatabase,
  type Remedy,
  refusalOf,
  refusedFiles,
  site,
  startsWell,
  statementOf,
} from './operator.ts';

/** The same for the sentences of the migrator and its files. */
export const remediesOfMigrations: readonly Remedy[] = [
  [
    '也不能建立它；请由数据库管理员执行：CREATE ROLE',
    async () => {
      await administrate(async (client) => {
        await client.query(`create role bare_owner login password 'test'`);
        await client.query(`create role for_bare login password 'test'`);
        const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datallowconn`);
        for (const { datname } of rows) {
          await inDatabase(datname, (inside) => inside.query('drop owned by dudao_public'));
        }
        await client.query('drop role dudao_public');
      });
      const one = await site('bare_owner');
      one.appUrl = one.as('for_bare');
      await one.run(statementOf(await refusalOf(one.start())));
      await startsWell(one);
    },
  ],
  [
    '的 public 模式中建表；DATABASE_URL 应给出该数据库的所有者',
    async () => {
      const one = await site();
      await one.run(`create role no_owner login password 'test'`, `create role for_none login password 'test'`);
      one.appUrl = one.as('for_none');
      const sentence = await refusalOf(one.start({ ownerUrl: one.as('no_owner') }));
      expect(sentence).toContain('DATABASE_URL 应给出该数据库的所有者');
      await startsWell(one);
    },
  ],
  [
    '另一个程序正在升级数据库',
    async () => {
      const one = await site();
      const other = await connect(one.ownerUrl);
      await other.query('select pg_advisory_lock($1)', [0x6475_6461]);
      expect(await refusedFiles(one, migrationsFolder)).toContain('请稍后再试');
      await other.end();
      await startsWell(one);
    },
  ],
  [
    '请运行 dudao db reset --yes 重新建库',
    async () => {
      const one = await site();
      await startsWell(one);
      await one.run(`update schema_migrations set name = '0001_directory' where name like '0001%'`);
      const sentence = await refusalOf(one.start());
      expect(sentence).toContain('0001_directory');
      vi.stubEnv('DATA_DIR', one.dataDir);
      vi.stubEnv('DATABASE_URL', one.ownerUrl);
      const program = new Command();
      registerDb(program);
      const words = [.../db reset --yes/.exec(sentence)![0].split(' '), '--empty'];
      await program.parseAsync(words, { from: 'user' }).finally(() => vi.unstubAllEnvs());
      await startsWell(one);
    },
  ],
  [
    '新；请使用新版本的程序',
    async () => {
      const [one, old] = [await site(), files()];
      const newer = files();
      writeFileSync(join(newer, '0003_add_third.sql'), 'create table third (id int);');
      await migrate(one.ownerUrl, { directory: newer });
      expect(await refusedFiles(one, old)).toContain('0003_add_third，比本程序（0002_add_second）新');
      expect(await migrate(one.ownerUrl, { directory: newer })).toEqual({ applied: [] });
    },
  ],
  [
    '，而程序里没有它；程序可能没有安装完整',
    async () => {
      const [one, directory] = [await site(), files()];
      await migrate(one.ownerUrl, { directory });
      unlinkSync(join(directory, '0001_add_first.sql'));
      expect(await refusedFiles(one, directory)).toContain('程序可能没有安装完整');
      cpSync(join(files(), '0001_add_first.sql'), join(directory, '0001_add_first.sql'));
      expect(await migrate(one.ownerUrl, { directory })).toEqual({ applied: [] });
    },
  ],
  [
    '已执行的文件不得改动，请恢复原文件，另写新的升级文件',
    async () => {
      const [one, directory] = [await site(), files()];
      await migrate(one.ownerUrl, { directory });
      writeFileSync(join(directory, '0002_add_second.sql'), 'create table second (id bigint);');
      expect(await refusedFiles(one, directory)).toContain('0002_add_second 在执行之后被改动过');
      cpSync(join(files(), '0002_add_second.sql'), join(directory, '0002_add_second.sql'));
      writeFileSync(join(directory, '0003_change_second.sql'), 'alter table second alter id type bigint;');
      expect(await migrate(one.ownerUrl, { directory })).toEqual({ applied: ['0003_change_second'] });
    },
  ],
  [
    '不能补做；请改用更大的编号',
    async () => {
      const [one, directory] = [await site(), files()];
      await migrate(one.ownerUrl, { directory });
      writeFileSync(join(directory, '0000_add_none.sql'), 'create table none (id int);');
      expect(await refusedFiles(one, directory)).toContain('0000_add_none 排在已执行的 0002_add_second 之前');
      unlinkSync(join(directory, '0000_add_none.sql'));
      writeFileSync(join(directory, '0003_add_none.sql'), 'create table none (id int);');
      expect(await migrate(one.ownerUrl, { directory })).toEqual({ applied: ['0003_add_none'] });
    },
  ],
  [
    '执行失败',
    async () => {
      const [one, directory] = [await site(), files()];
      const file = join(directory, '0003_add_third.sql');
      writeFileSync(file, '\nselect nonsense;');
      expect(await refusedFiles(one, directory)).toContain('0003_add_third 执行失败（第 2 行）');
      writeFileSync(file, 'select 1;');
      expect((await migrate(one.ownerUrl, { directory })).applied).toHaveLength(3);
    },
  ],
  [
    '请由数据库管理员先移除，升级后再建',
    async () => {
      const [one, directory] = [await site(), files()];
      mkdirSync(join(directory, 'again'));
      const view = join(directory, 'again/firsts.sql');
      writeFileSync(view, 'create view firsts as select id from first;');
      await migrate(one.ownerUrl, { directory });
      const built = 'create view built_on_it as select id from firsts';
      await one.run(built);
      writeFileSync(view, 'create view firsts as select id, id as twice from first;');
      expect(await refusedFiles(one, directory)).toContain('built_on_it');
      await one.run('drop view built_on_it');
      await migrate(one.ownerUrl, { directory });
      await one.run(built);
    },
  ],
  [
    '里没有数据库升级文件，程序可能没有安装完整',
    async () => {
      const one = await site();
      const directory = emptyFolder('files');
      expect(await refusedFiles(one, directory)).toContain('没有数据库升级文件');
      cpSync(files(), directory, { recursive: true });
      await migrate(one.ownerUrl, { directory });
    },
  ],
  [
    '的名称不符合“四位数字_名称.sql”',
    async () => {
      const [one, directory] = [await site(), files()];
      writeFileSync(join(directory, 'third.sql'), 'select 1;');
      expect(await refusedFiles(one, directory)).toContain('third.sql 的名称不符合');
      unlinkSync(join(directory, 'third.sql'));
      writeFileSync(join(directory, '0003_third.sql'), 'select 1;');
      await migrate(one.ownerUrl, { directory });
    },
  ],
  [
    '数据库升级文件的编号 ',
    async () => {
      const [one, directory] = [await site(), files()];
      writeFileSync(join(directory, '0002_third.sql'), 'select 1;');
      expect(await refusedFiles(one, directory)).toContain('编号 0002 重复');
      unlinkSync(join(directory, '0002_third.sql'));
      writeFileSync(join(directory, '0003_third.sql'), 'select 1;');
      await migrate(one.ownerUrl, { directory });
    },
  ],
];
