import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { addressOf, type OwnerDatabase, roleOf, urlOf, withClient } from '../db/owner-client.ts';
import { prepareDataFolder, readJsonFile, writeSecretFile } from './data-folder.ts';
import { assertRightsOf } from './role-rights.ts';

/** The role under which the program serves: it owns nothing and has only the rights that the migrations grant to it. */
export const appRoleName = 'dudao_app';

export interface AppRoleOptions {
  dataDir: string;
  /** DATABASE_APP_URL: a role made by an administrator, where the owner may not create any. */
  appUrl?: string | null;
}

/**
 * Makes sure that the application role exists and returns its address on the owner's database. Its random password lies
 * in `app-role.json` of the data folder (0600). Roles belong to the whole cluster: an existing role is taken over,
 * unless a running program uses it. Whatever role it is, its rights are checked here, before anything is granted to it:
 * a database that was migrated for the wrong role is hard to bring back.
 * @throws StartError
 */
export async function ensureAppRole(database: OwnerDatabase, options: AppRoleOptions): Promise<string> {
  if (options.appUrl) {
    const { appUrl } = options;
    await assertSameDatabase(database, appUrl);
    await withClient(database, (client) => assertRightsOf(client, roleOf(appUrl)));
    return appUrl;
  }
  prepareDataFolder(options.dataDir);
  const { password, isNew } = keptPassword(options.dataDir);
  const appUrl = new URL(urlOf(database));
  appUrl.username = appRoleName;
  appUrl.password = password;
  await withClient(database, async (client) => {
    // The role has this password at every start but the first, so it is tried beside the question for its rights.
    const isReady = isNew ? Promise.resolve(false) : signsIn(appUrl.href);
    isReady.catch(() => {});
    await assertRightsOf(client, appRoleName);
    if (await isReady) return;
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
async function assertSameDatabase(database: OwnerDatabase, appUrl: string): Promise<void> {
  const which = (one: OwnerDatabase) =>
    withClient(one, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select extract(epoch from pg_postmaster_start_time()) || ' ' || oid as id from pg_database where datname = current_database()`,
      );
      return rows[0]?.id;
    });
  const owners = await which(database);
  const apps = await which(appUrl).catch(async (error: unknown) => {
    const cause = error instanceof StartError ? error.cause : error;
    const code = cause instanceof pg.DatabaseError ? cause.code : undefined;
    // The role may not connect to the database before the migrator allows it; its rights are asked about by its name.
    if (code === '42501') return owners;
    if (code === '28P01' || code === '28000') await explainRefusal(database, appUrl, error);
    throw error;
  });
  if (owners === apps) return;
  throw new StartError(
    `DATABASE_URL（${addressOf(urlOf(database))}）与 DATABASE_APP_URL（${addressOf(appUrl)}）不是同一个数据库；两者应指向同一服务器上的同一个数据库，只是用户不同。`,
  );
}

/** A server refuses a role that does not exist in the same words as a wrong password; its owner sees which it is. */
async function explainRefusal(database: OwnerDatabase, appUrl: string, cause: unknown): Promise<void> {
  const [owners, apps] = [new URL(urlOf(database)), new URL(appUrl)];
  if (owners.host !== apps.host) return;
  const name = roleOf(appUrl);
  const role = pg.escapeIdentifier(name);
  const found = await withClient(database, async (client) => {
    const { rows } = await client.query<{ signsIn: boolean }>(
      'select rolcanlogin as "signsIn" from pg_roles where rolname = $1',
      [name],
    );
    return rows[0];
  });
  const remedy = !found
    ? `这个用户不存在；请由数据库管理员执行：CREATE ROLE ${role} LOGIN PASSWORD '口令'; 口令与该地址中的一致。`
    : !found.signsIn
      ? `这个用户不能登录；请由数据库管理员执行：ALTER ROLE ${role} LOGIN PASSWORD '口令'; 口令与该地址中的一致。`
      : `口令不对，或 pg_hba.conf 不允许它从本机登录；请改正该地址中的口令，或由数据库管理员执行：ALTER ROLE ${role} PASSWORD '口令';`;
  throw new StartError(`DATABASE_APP_URL 的用户“${name}”无法登录数据库 ${addressOf(appUrl)}：${remedy}`, { cause });
}

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
    `select datname from pg_stat_activity where usename = $1 and application_name is distinct from 'dudao-setup' limit 1`,
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
      `数据库用户“${client.user}”不能建立或修改角色 ${appRoleName}；请由数据库管理员建立一个普通用户（CREATE ROLE 用户名 LOGIN PASSWORD '口令';），再用 DATABASE_APP_URL 给出它的地址。`,
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
function keptPassword(dataDir: string): { password: string; isNew: boolean } {
  const file = join(dataDir, 'app-role.json');
  if (existsSync(file)) {
    const remedy = '其中只有应用程序的数据库口令：停止使用同一数据库的其他服务器，删除这个文件，再启动即可另设口令。';
    return { password: (readJsonFile(file, remedy) as { password: string }).password, isNew: false };
  }
  const password = randomBytes(24).toString('base64url');
  writeSecretFile(file, `${JSON.stringify({ role: appRoleName, password })}\n`);
  return { password, isNew: true };
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
