import { copyFileSync, cpSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { migrationsFolder } from '../../../src/server/app/root.ts';
import {
  administrate,
  connect,
  emptyFolder,
  namesOf,
  type Remedy,
  refusalOf,
  site,
  startsWell,
  statementOf,
} from './operator.ts';

/**
 * Each sentence by a part of it that no other has, and a walk: the trouble, the sentence, what it says to do, the start.
 */
export const remediesOfRoles: readonly Remedy[] = [
  [
    '不是同一个数据库；两者应指向同一服务器上的同一个数据库',
    async () => {
      const [one, other] = [await site(), await site()];
      await one.run(`create role twice login password 'test'`);
      one.appUrl = other.as('twice');
      expect(await refusalOf(one.start())).toContain('不是同一个数据库');
      one.appUrl = one.as('twice');
      await startsWell(one);
    },
  ],
  [
    '这个用户不存在；请由数据库管理员执行',
    async () => {
      const one = await site();
      one.appUrl = one.as('mistyped');
      const sentence = await refusalOf(one.start());
      expect(sentence).toContain('用户“mistyped”无法登录');
      await one.run(statementOf(sentence));
      await startsWell(one);
    },
  ],
  [
    '这个用户不能登录；请由数据库管理员执行',
    async () => {
      const one = await site();
      await one.run('create role sleeping nologin');
      one.appUrl = one.as('sleeping');
      await one.run(statementOf(await refusalOf(one.start())));
      await startsWell(one);
    },
  ],
  [
    '口令不对，或 pg_hba.conf 不允许它从本机登录',
    async () => {
      const one = await site();
      await one.run(`create role forgetful login password 'another'`);
      one.appUrl = one.as('forgetful');
      const sentence = await refusalOf(one.start());
      expect(sentence).toContain('请改正该地址中的口令');
      one.appUrl = one.as('forgetful', 'another');
      await startsWell(one);
      one.appUrl = one.as('forgetful');
      await one.run(statementOf(await refusalOf(one.start())));
      await startsWell(one);
    },
  ],
  [
    '正被另一个运行中的督导系统使用（数据库',
    async () => {
      const [one, other] = [await site(), await site()];
      const running = await one.start();
      const client = await connect(running.appUrl);
      const sentence = await refusalOf(other.start());
      expect(sentence).toContain(`数据库 ${one.name}`);
      // Another user for this one, while the first goes on.
      await other.run(`create role second_city login password 'test'`);
      other.appUrl = other.as('second_city');
      await startsWell(other);
      // The first one's file, for a second server on the same database.
      const beside = emptyFolder('beside');
      cpSync(join(one.dataDir, 'dudao-data'), join(beside, 'dudao-data'));
      copyFileSync(join(one.dataDir, 'app-role.json'), join(beside, 'app-role.json'));
      await startsWell(one, { dataDir: beside });
      // The first one stops.
      await client.end();
      await running.close();
      const third = await site();
      await startsWell(third);
    },
  ],
  [
    '不能建立或修改角色 ',
    async () => {
      await administrate(async (client) => {
        await client.query(`create role poor_owner login password 'test'`);
        await client.query('create role dudao_public nologin').catch(() => {});
        await client.query(`alter role dudao_app password 'lost'`).catch(() => {});
      });
      const one = await site('poor_owner');
      const sentence = await refusalOf(one.start());
      expect(sentence).toContain('请由数据库管理员建立一个普通用户');
      await one.run(statementOf(sentence).replace('用户名', 'for_the_poor'));
      one.appUrl = one.as('for_the_poor');
      await startsWell(one);
    },
  ],
  [
    '其中只有应用程序的数据库口令：停止使用同一数据库的其他服务器',
    async () => {
      const one = await site();
      await startsWell(one);
      const file = join(one.dataDir, 'app-role.json');
      writeFileSync(file, '{');
      expect(await refusalOf(one.start())).toContain('删除这个文件，再启动即可另设口令');
      unlinkSync(file);
      await startsWell(one);
    },
  ],
  [
    '行级权限管不住它，因此不能使用；请另用一个不拥有任何对象的普通用户',
    async () => {
      const one = await site();
      await one.run(`create role a_boss login superuser password 'test'`);
      one.appUrl = one.as('a_boss');
      const sentence = await refusalOf(one.start());
      expect(sentence).toContain('是超级用户（SUPERUSER）');
      expect(await namesOf(one)).toEqual([]);
      await one.run(statementOf(sentence).replace('用户名', 'plain_one'));
      one.appUrl = one.as('plain_one');
      await startsWell(one);
      // The role that a database is bound to became a superuser later, as an earlier sentence told operators to do.
      await one.run('alter role plain_one superuser');
      const later = await refusalOf(one.start());
      await one.run(statementOf(later).replace('用户名', 'plain_two'));
      one.appUrl = one.as('plain_two');
      await startsWell(one);
      // A database that an earlier program bound to the owner of all tables, whose rights are no grants.
      const bound = await site();
      await migrate(bound.ownerUrl, { directory: migrationsFolder, appRole: 'dudao_owner' });
      bound.appUrl = bound.as('plain_two');
      await startsWell(bound);
    },
  ],
  [
    '审计记录必须只能追加，因此不能使用；请由数据库所有者执行',
    async () => {
      const one = await site();
      await one.run('create role auditors', `create role trusted login noinherit password 'test' in role auditors`);
      one.appUrl = one.as('trusted');
      await startsWell(one);
      await one.run(
        'grant update (action) on audit_events to auditors',
        'grant delete on audit_seals to public',
        'grant insert on audit_events to trusted',
      );
      const sentences = (await refusalOf(one.start())).split('\n');
      expect(sentences.length).toBeGreaterThan(1);
      for (const sentence of sentences) await one.run(statementOf(sentence));
      await startsWell(one);
    },
  ],
  [
    '供公众查询使用，只能读取公开发布的视图，现在却有权使用',
    async () => {
      const one = await site();
      await startsWell(one);
      await one.run(
        'create view published_count with (security_barrier) as select count(*) from schools',
        'grant select on published_count to dudao_public',
        'grant usage on schema public to dudao_public',
        'create role archive',
        'grant archive to dudao_public',
        'grant select (name) on schools to dudao_public',
        'grant insert on published_count to public',
        'create sequence numbers',
        'grant usage on sequence numbers to dudao_public',
        `create function told() returns int language sql as 'select 1'`,
        'grant execute on function told() to public',
      );
      const sentences = (await refusalOf(one.start())).split('\n');
      expect(sentences.length).toBe(5);
      for (const sentence of sentences) await one.run(statementOf(sentence));
      await startsWell(one);
      await one.run('set role dudao_public; select * from published_count');
    },
  ],
  [
    '一个运行中的督导系统正以它使用数据库，而本系统要用',
    async () => {
      const one = await site();
      await one.run(`create role old_one login password 'test'`, `create role new_one login password 'test'`);
      one.appUrl = one.as('old_one');
      await startsWell(one);
      const running = await connect(one.appUrl);
      one.appUrl = one.as('new_one');
      expect(await refusalOf(one.start())).toContain('正以它使用数据库');
      one.appUrl = one.as('old_one');
      await startsWell(one);
      one.appUrl = one.as('new_one');
      await running.end();
      await startsWell(one);
      // Nothing is left to the one before, and nothing was lost on the way back.
      await withClient(one.as('old_one'), async (client) => {
        await expect(client.query('select 1 from filings')).rejects.toThrow('permission denied');
      });
      one.appUrl = one.as('old_one');
      await startsWell(one);
    },
  ],
  [
    '不能把权限从角色“',
    async () => {
      await administrate((client) => client.query(`create role half_owner login password 'test'`));
      const one = await site();
      await startsWell(one);
      await one.run(
        `create role next_one login password 'test'`,
        'grant create, usage on schema public to half_owner',
        'grant select on schema_migrations, schema_again to half_owner',
      );
      one.appUrl = one.as('next_one');
      expect(await refusalOf(one.start({ ownerUrl: one.as('half_owner') }))).toContain('不能把权限从角色“dudao_app”');
      await startsWell(one);
    },
  ],
];
