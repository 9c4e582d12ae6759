import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { type OwnerClient, type OwnerDatabase, roleOf, withClient } from '../db/owner-client.ts';

/**
 * The role of the public, under which nobody signs in. It reads views that are published for everybody and runs the
 * functions that accept data from outside, and nothing else.
 */
export const publicRoleName = 'dudao_public';

/**
 * Refuses a role that would not be bound by the row policies: superuser, BYPASSRLS, CREATEROLE, REPLICATION, owner of
 * the database or of anything in it, or a member of such a role or of one that reads or writes everything. It also
 * refuses a role that may do more with the audit than read it: only a function of the database adds rows.
 * @throws StartError with one sentence for each reason
 */
export async function assertAppRole(appUrl: string): Promise<void> {
  await withClient(appUrl, (client) => assertRightsOf(client, roleOf(appUrl)));
}

/**
 * The same for a role by its name, asked on any connection. The owner asks it before anything is granted to the role,
 * when the role itself may not be able to connect yet.
 * @throws StartError
 */
export async function assertRightsOf(client: OwnerClient, name: string): Promise<void> {
  const { rows } = await client.query<{ role: string; reason: string; thing: string }>(forbiddenRights, [name]);
  if (rows.length === 0) return;
  throw new StartError(
    rows.map(({ role, reason, thing }) => {
      const through = role === name ? '' : `是角色“${role}”的成员，而该角色`;
      const right = rightNames[reason] ?? reason;
      // Rights of the public are everybody's, so they are taken back together with those of the role.
      const consequence =
        reason === 'audit'
          ? `审计记录必须只能追加，因此不能使用；请由数据库所有者执行：REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_events, audit_seals FROM PUBLIC, ${pg.escapeIdentifier(role)};`
          : `行级权限管不住它，因此不能使用；请另用一个不拥有任何对象的普通用户：由数据库管理员执行 CREATE ROLE 用户名 LOGIN PASSWORD '口令'; 再把 DATABASE_APP_URL 改为它的地址。`;
      return `应用程序的数据库用户“${name}”${through}${right}${thing ? `“${thing}”` : ''}，${consequence}`;
    }),
  );
}

/**
 * Refuses a database in which the role of the public could do more than read published views and run the functions of
 * intake. A right that was granted by hand would open the whole city to everybody.
 * @throws StartError with one sentence for each right
 */
export async function assertPublicRole(database: OwnerDatabase): Promise<void> {
  const found = await withClient(database, async (client) => {
    const { rows } = await client.query<{ thing: string; remedy: string }>(rightsOfThePublic, [publicRoleName]);
    return rows;
  });
  if (found.length === 0) return;
  throw new StartError(
    found.map(
      ({ thing, remedy }) =>
        `数据库角色“${publicRoleName}”供公众查询使用，只能读取公开发布的视图，现在却有权使用“${thing}”；请由数据库管理员执行：${remedy};`,
    ),
  );
}

/**
 * Our tables, views, sequences and functions that the public may use beyond the published ones, at most five of each,
 * with the statement that takes the right back.
 */
const rightsOfThePublic = `
  with public_role as (select oid, rolname from pg_roles where rolname = $1),
  ours as (select oid from pg_namespace where nspname = 'public' and has_schema_privilege((select oid from public_role), oid, 'usage')),
  relations as (
    select c.oid, c.relkind, c.relkind = 'v' and c.relname like 'published_%'
        and coalesce(c.reloptions, '{}') @> '{security_barrier=true}' as published
      from pg_class c where c.relnamespace in (select oid from ours))
  (select c.oid::regclass::text as thing, format('REVOKE %s ON TABLE %s FROM PUBLIC, %I',
        case when c.published then 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER' else 'ALL' end,
        c.oid::regclass, p.rolname) as remedy
    from relations c, public_role p
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
      and (has_table_privilege(p.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(p.oid, c.oid, 'insert, update, references')
        or has_any_column_privilege(p.oid, c.oid, 'select') and not c.published)
    order by 1 limit 5)
  union all
  (select c.oid::regclass::text, format('REVOKE ALL ON SEQUENCE %s FROM PUBLIC, %I', c.oid::regclass, p.rolname)
    from relations c, public_role p
    where c.relkind = 'S'
      and has_sequence_privilege(p.oid, c.oid, 'usage, select, update') order by 1 limit 5)
  union all
  (select f.oid::regprocedure::text, format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, %I', f.oid::regprocedure, p.rolname)
    from pg_proc f, public_role p
    where f.pronamespace in (select oid from ours) and f.proname not like 'intake_%'
      and has_function_privilege(p.oid, f.oid, 'execute') order by 1 limit 5)
  union all
  (select r.rolname::text, format('REVOKE %I FROM %I', r.rolname, p.rolname) from pg_roles r, public_role p
    where r.oid <> p.oid and pg_has_role(p.oid, r.oid, 'member') order by 1 limit 5)`;

const rightNames: Readonly<Record<string, string>> = {
  superuser: '是超级用户（SUPERUSER）',
  bypassrls: '可以绕过行级权限（BYPASSRLS）',
  createrole: '可以建立角色（CREATEROLE）',
  replication: '可以复制整个服务器（REPLICATION）',
  audit: '可以改动审计表：',
  everything: '可以读写全部数据或服务器上的文件',
  database: '是数据库的所有者：',
  schema: '是模式的所有者：',
  relation: '是表或视图的所有者：',
  function: '是函数的所有者：',
};

/** For a superuser every membership test is true, so it is reported alone. At most three owned things are named. */
const forbiddenRights = `
  with me as (select oid, rolsuper from pg_roles where rolname = $1),
  mine as (
    select r.* from pg_roles r, me
    where r.oid = me.oid or (not me.rolsuper and pg_has_role(me.oid, r.oid, 'MEMBER'))
  )
  select rolname as role, 'superuser' as reason, '' as thing from mine where rolsuper
  union all select rolname, 'bypassrls', '' from mine where rolbypassrls and not rolsuper
  union all select rolname, 'createrole', '' from mine where rolcreaterole and not rolsuper
  union all select rolname, 'replication', '' from mine where rolreplication and not rolsuper
  union all select rolname, 'audit', wanted.name || ' ' || string_agg(held.right, ', ' order by held.right)
    from mine,
      (values ('audit_events', array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']),
              ('audit_seals', array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])) wanted (name, rights),
      unnest(wanted.rights) held ("right")
    where not rolsuper and to_regclass('public.' || wanted.name) is not null
      and case when held.right in ('DELETE', 'TRUNCATE')
            then has_table_privilege(mine.oid, to_regclass('public.' || wanted.name), held.right)
            else has_any_column_privilege(mine.oid, to_regclass('public.' || wanted.name), held.right) end
    group by rolname, wanted.name
  union all select rolname, 'everything', '' from mine where rolname in
    ('pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
  union all (select rolname, 'database', datname::text from mine join pg_database on datdba = mine.oid
    where datname = current_database())
  union all (select rolname, 'schema', nspname::text from mine join pg_namespace on nspowner = mine.oid
    where nspname not like 'pg\\_%' and not rolsuper limit 3)
  union all (select rolname, 'relation', c.oid::regclass::text from mine join pg_class c on relowner = mine.oid
    join pg_namespace n on n.oid = relnamespace
    where nspname not like 'pg\\_%' and nspname <> 'information_schema' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and not rolsuper limit 3)
  union all (select rolname, 'function', p.oid::regprocedure::text from mine join pg_proc p on proowner = mine.oid
    join pg_namespace n on n.oid = pronamespace
    where nspname not like 'pg\\_%' and nspname <> 'information_schema' and not rolsuper limit 3)`;
