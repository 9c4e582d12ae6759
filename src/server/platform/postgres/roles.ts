import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { addressOf, roleOf, withClient } from '../db/owner-client.ts';
import { prepareDataFolder, readJsonFile, writeSecretFile } from './data-folder.ts';

/** The role under which the program serves: it owns nothing and has only the rights that the migrations grant to it. */
export const appRoleName = 'dudao_app';

/**
 * The role of the public, under which nobody signs in. It reads views that are published for everybody and runs the
 * functions that accept data from outside, and nothing else.
 */
export const publicRoleName = 'dudao_public';

export interface AppRoleOptions {
  dataDir: string;
  /** DATABASE_APP_URL: a role made by an administrator, where the owner may not create any. */
  appUrl?: string | null;
}

/**
 * Makes sure that the application role exists and returns its address on the owner's database. Its random password lies
 * in `app-role.json` of the data folder (0600). Roles belong to the whole cluster: an existing role is taken over,
 * unless a running program uses it.
 * @throws StartError
 */
export async function ensureAppRole(ownerUrl: string, options: AppRoleOptions): Promise<string> {
  if (options.appUrl) {
    await assertSameDatabase(ownerUrl, options.appUrl);
    return options.appUrl;
  }
  prepareDataFolder(options.dataDir);
  const password = keptPassword(options.dataDir);
  const appUrl = new URL(ownerUrl);
  appUrl.username = appRoleName;
  appUrl.password = password;
  await withClient(ownerUrl, async (client) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await makeOrTakeRole(client, appUrl.href, password);
      } catch (error) {
        // When two programs make the role at once, one of them gets an error, and finds the role on its second look.
        const met = error instanceof pg.DatabaseError && ['42710', '23505', 'XX000'].includes(error.code ?? '');
        if (!met || attempt >= 10) throw error;
      }
    }
  });
  return appUrl.href;
}

/** Both addresses may look right and lead to two databases: one would be migrated, the other served. */
async function assertSameDatabase(ownerUrl: string, appUrl: string): Promise<void> {
  const which = (url: string) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select extract(epoch from pg_postmaster_start_time()) || ' ' || oid as id from pg_database where datname = current_database()`,
      );
      return rows[0]?.id;
    });
  const owners = await which(ownerUrl);
  const apps = await which(appUrl).catch((error: unknown) => {
    // The role cannot connect before the migrations allow it; `assertAppRole` later checks whether it is the right one.
    const cause = error instanceof StartError ? error.cause : error;
    if (cause instanceof pg.DatabaseError && cause.code === '42501') return owners;
    throw error;
  });
  if (owners === apps) return;
  throw new StartError(
    `DATABASE_URL（${addressOf(ownerUrl)}）与 DATABASE_APP_URL（${addressOf(appUrl)}）不是同一个数据库；两者应指向同一服务器上的同一个数据库，只是用户不同。`,
  );
}

/**
 * Refuses a role that would not be bound by the row policies: superuser, BYPASSRLS, CREATEROLE, REPLICATION, owner of
 * the database or of anything in it, or a member of such a role or of one that reads or writes everything. It also
 * refuses a role that may do more with the audit than read it: only a function of the database adds rows.
 * @throws StartError with one sentence for each reason
 */
export async function assertAppRole(appUrl: string): Promise<void> {
  const reasons = await withClient(appUrl, async (client) => {
    const { rows } = await client.query<{ role: string; reason: string; thing: string }>(forbiddenRights);
    return rows;
  });
  if (reasons.length === 0) return;
  const name = roleOf(appUrl);
  throw new StartError(
    reasons.map(({ role, reason, thing }) => {
      const through = role === name ? '' : `是角色“${role}”的成员，而该角色`;
      const right = rightNames[reason] ?? reason;
      const consequence =
        reason === 'audit'
          ? '审计记录必须只能追加，因此不能使用；请由数据库管理员收回这些权限。'
          : '行级权限管不住它，因此不能使用；请另用一个不拥有任何对象的普通用户。';
      return `应用程序的数据库用户“${name}”${through}${right}${thing ? `“${thing}”` : ''}，${consequence}`;
    }),
  );
}

/**
 * Refuses a database in which the role of the public could do more than read published views and run the functions of
 * intake. A right that was granted by hand would open the whole city to everybody.
 * @throws StartError with one sentence for each right
 */
export async function assertPublicRole(ownerUrl: string): Promise<void> {
  const found = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ thing: string }>(rightsOfThePublic, [publicRoleName]);
    return rows;
  });
  if (found.length === 0) return;
  throw new StartError(
    found.map(
      ({ thing }) =>
        `数据库角色“${publicRoleName}”供公众查询使用，只能读取公开发布的视图，现在却有权使用“${thing}”；请由数据库管理员收回这项权限。`,
    ),
  );
}

/** Our tables, views, sequences and functions that the public may use beyond the published ones; at most five. */
const rightsOfThePublic = `
  with public_role as (select oid from pg_roles where rolname = $1),
  ours as (select oid from pg_namespace where nspname = 'public' and has_schema_privilege((select oid from public_role), oid, 'usage'))
  (select c.oid::regclass::text as thing from pg_class c, public_role p
    where c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and (has_table_privilege(p.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(p.oid, c.oid, 'insert, update, references')
        or has_any_column_privilege(p.oid, c.oid, 'select')
           and not (c.relkind = 'v' and c.relname like 'published_%' and coalesce(c.reloptions, '{}') @> '{security_barrier=true}'))
    order by 1 limit 5)
  union all
  (select c.oid::regclass::text from pg_class c, public_role p
    where c.relnamespace in (select oid from ours) and c.relkind = 'S'
      and has_sequence_privilege(p.oid, c.oid, 'usage, select, update') order by 1 limit 5)
  union all
  (select f.oid::regprocedure::text from pg_proc f, public_role p
    where f.pronamespace in (select oid from ours) and f.proname not like 'intake_%'
      and has_function_privilege(p.oid, f.oid, 'execute') order by 1 limit 5)
  union all
  (select r.rolname::text from pg_roles r, public_role p
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
  with me as (select oid, rolsuper from pg_roles where rolname = current_user),
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

async function makeOrTakeRole(client: pg.Client, appUrl: string, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [appRoleName]);
  // Only the verifier is sent and may appear in a log of the server, never the password.
  const verifier = pg.escapeLiteral(scramVerifier(password));
  if (found.rowCount === 0) {
    const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
    await allowed(client, `create role ${appRoleName} ${rights} password ${verifier}`);
    return;
  }
  if (await signsIn(appUrl)) return;
  const used = await client.query<{ datname: string }>(
    `select datname from pg_stat_activity where usename = $1 and application_name <> 'dudao-setup' limit 1`,
    [appRoleName],
  );
  const other = used.rows[0]?.datname;
  if (other) {
    throw new StartError(
      `数据库服务器上的角色 ${appRoleName} 正被另一个运行中的督导系统使用（数据库 ${other}），它的口令不在本数据目录中。若两个服务器共用一个数据库，请把那一个的数据目录中的 app-role.json 和 auth-secret 复制到本数据目录；否则请用 DATABASE_APP_URL 给本系统另设一个用户，或先停止那一个。`,
    );
  }
  await allowed(client, `alter role ${appRoleName} login password ${verifier}`);
}

async function allowed(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
    throw new StartError(
      `数据库用户“${client.user}”不能建立或修改角色 ${appRoleName}；请由数据库管理员建立一个普通用户，再用 DATABASE_APP_URL 给出它的地址。`,
      { cause: error },
    );
  }
}

async function signsIn(appUrl: string): Promise<boolean> {
  try {
    await withClient(appUrl, async () => {});
    return true;
  } catch (error) {
    const cause = error instanceof StartError ? error.cause : error;
    if (cause instanceof pg.DatabaseError && (cause.code === '28P01' || cause.code === '28000')) return false;
    throw error;
  }
}

/**
 * Saves the password before it is used, so that a kill between the two steps leaves a state from which both can be
 * repeated.
 */
function keptPassword(dataDir: string): string {
  const file = join(dataDir, 'app-role.json');
  if (existsSync(file)) {
    const remedy = '其中只有应用程序的数据库口令：停止使用同一数据库的其他服务器，删除这个文件，再启动即可另设口令。';
    return (readJsonFile(file, remedy) as { password: string }).password;
  }
  const password = randomBytes(24).toString('base64url');
  writeSecretFile(file, `${JSON.stringify({ role: appRoleName, password })}\n`);
  return password;
}

/** The form in which PostgreSQL stores a password under scram-sha-256 (RFC 5803). */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}
