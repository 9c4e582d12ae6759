import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { appRoleName, publicRoleName } from '../postgres/roles.ts';
import { pause } from '../postgres/running-process.ts';
import { againLedger, differsAgain, dropAgain, listPublishable, recordAgain } from './migrate-again.ts';
import { type MigrationFile, readAgain, readMigrations } from './migrate-files.ts';
import { addressOf, withClient } from './owner-client.ts';

export interface MigrateOptions {
  /** Absolute path of the folder of SQL files, `NNNN_name.sql`. */
  directory: string;
  /** The role that the files call `dudao_app`, where DATABASE_APP_URL names another. */
  appRole?: string;
  /** How long to wait for another migrator, and for servers that hold what must change, in milliseconds. */
  patience?: number;
}

/** Any number works; every migrator of our databases locks this one. */
const lockKey = 0x6475_6461;

/**
 * How long to wait for a lock at a time: a waiting migrator blocks every request that queues up behind it. The time is
 * under twice PostgreSQL's deadlock_timeout (1 s), so that when a server and the migrator wait for each other, the
 * migrator always gives way.
 */
const lockTimeout = '1500ms';

/**
 * Brings a database to the state of the program. It runs every numbered file that has not run yet, in number order.
 * Then, if one of them ran or one of `again/` has changed, it runs all files of `again/`. All of this and the rows in
 * the ledgers are one transaction: a server that runs meanwhile sees either the old tables and views or the new ones.
 * There is no way back; a numbered file that has run must not change.
 * @throws StartError with a sentence, before anything is changed, where files and database contradict each other
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<{ applied: string[] }> {
  const files = readMigrations(options.directory);
  const again = readAgain(options.directory);
  const appRole = options.appRole ?? appRoleName;
  const patience = options.patience ?? 120_000;
  return withClient(ownerUrl, async (client) => {
    await client.query('set search_path to public');
    // Where the system supports it, a killed migrator's statement ends at once instead of running on unnoticed.
    await client.query(`set client_connection_check_interval to '1s'`).catch(() => {});
    await takeTurn(client, addressOf(ownerUrl), patience);
    for (const role of [appRole, publicRoleName]) await ensureRole(client, role);
    await ensureLedgers(client);
    const pending = await compare(client, files, appRole);
    if (pending.length > 0 || (await differsAgain(client, again))) {
      await whenFree(patience, () => apply(client, pending, again, appRole));
    }
    await grantEntrance(client, appRole);
    return { applied: pending.map((file) => file.name) };
  });
}

/** Runs a transaction again where running servers held what it needed: they go first. */
async function whenFree(patience: number, work: () => Promise<void>): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const { code } = (error instanceof StartError ? error.cause : error) as { code?: string };
      // The lock timed out, or PostgreSQL cancelled this transaction in favour of a server that waited for our locks.
      if ((code !== '55P03' && code !== '40P01') || Date.now() > end) throw error;
      await pause(200);
    }
  }
}

async function takeTurn(client: pg.Client, place: string, patience: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockKey]);
    if (rows[0]?.taken) return;
    if (Date.now() > end) throw new StartError(`另一个程序正在升级数据库 ${place}，等待超时；请稍后再试。`);
    await pause(100);
  }
}

async function ensureRole(client: pg.Client, role: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`create role ${pg.escapeIdentifier(role)} nologin`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    // Another program has made it at this very moment, which is all that is needed.
    if (error.code === '42710' || error.code === '23505') return;
    throw new StartError(
      `数据库角色“${role}”不存在，当前用户“${client.user}”也不能建立它；请由数据库管理员执行：CREATE ROLE ${pg.escapeIdentifier(role)} NOLOGIN;`,
      {
        cause: error,
      },
    );
  }
}

async function ensureLedgers(client: pg.Client): Promise<void> {
  try {
    await client.query(`create table if not exists schema_migrations (
      name text primary key,
      sha256 text not null,
      app_role text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`);
    await client.query(againLedger);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
    throw new StartError(
      `数据库用户“${client.user}”不能在数据库“${client.database}”的 public 模式中建表；DATABASE_URL 应给出该数据库的所有者。`,
      { cause: error },
    );
  }
}

/** The files that have run must be an unchanged beginning of our list; the rest is pending. */
async function compare(client: pg.Client, files: MigrationFile[], appRole: string): Promise<MigrationFile[]> {
  const { rows } = await client.query<{ name: string; sha256: string; app_role: string }>(
    'select name, sha256, app_role from schema_migrations order by name',
  );
  const known = new Map(files.map((file) => [file.name, file]));
  const numbers = new Set(files.map((file) => numberOf(file.name)));
  const newest = files.at(-1)?.name ?? '';
  const mistakes: string[] = [];
  // The same number under another name: the file was merged into others while the product was not yet released.
  const folded = rows.find((row) => !known.has(row.name) && numbers.has(numberOf(row.name)));
  if (folded) {
    throw new StartError(
      `数据库是由开发中的旧版本建立的（执行过升级文件 ${folded.name}，而程序里没有它），本程序不能升级它；其中的数据不再需要时，请运行 dudao db reset --yes 重新建库。`,
    );
  }
  for (const row of rows) {
    const file = known.get(row.name);
    if (!file && row.name > newest) {
      mistakes.push(`数据库已升级到 ${row.name}，比本程序（${newest}）新；请使用新版本的程序。`);
    } else if (!file) {
      mistakes.push(`数据库执行过升级文件 ${row.name}，而程序里没有它；程序可能没有安装完整。`);
    } else if (file.sha256 !== row.sha256) {
      mistakes.push(`升级文件 ${row.name} 在执行之后被改动过；已执行的文件不得改动，请恢复原文件，另写新的升级文件。`);
    }
  }
  const applied = new Set(rows.map((row) => row.name));
  const pending = files.filter((file) => !applied.has(file.name));
  const last = rows.at(-1)?.name ?? '';
  for (const file of pending) {
    if (file.name < last)
      mistakes.push(`升级文件 ${file.name} 排在已执行的 ${last} 之前，不能补做；请改用更大的编号。`);
  }
  if (mistakes.length > 0) throw new StartError(mistakes);
  await assertSameRole(client, new Set(rows.map((row) => row.app_role)), appRole);
  return pending;
}

/**
 * Rights granted to one role do not apply to another; reporting it here is better than a refusal at every table later.
 */
async function assertSameRole(client: pg.Client, granted: Set<string>, appRole: string): Promise<void> {
  for (const role of granted) {
    if (role === appRole) continue;
    const { rows } = await client.query<{ member: boolean }>(
      `select pg_has_role($1, oid, 'USAGE') as member from pg_roles where rolname = $2`,
      [appRole, role],
    );
    if (rows[0]?.member) continue;
    throw new StartError(
      `本数据库的权限授给了角色“${role}”，而应用程序现在使用“${appRole}”；请由数据库管理员执行：GRANT ${pg.escapeIdentifier(role)} TO ${pg.escapeIdentifier(appRole)};`,
    );
  }
}

/**
 * One transaction: it drops the old views and functions, runs the numbered files, and makes the new views and
 * functions.
 */
async function apply(
  client: pg.Client,
  pending: readonly MigrationFile[],
  again: readonly MigrationFile[],
  appRole: string,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout to '${lockTimeout}'`);
    await dropAgain(client);
    for (const file of pending) {
      await run(client, file, appRole);
      await client.query('insert into schema_migrations (name, sha256, app_role) values ($1, $2, $3)', [
        file.name,
        file.sha256,
        appRole,
      ]);
    }
    for (const [position, file] of again.entries()) {
      const before = await listPublishable(client);
      await run(client, file, appRole);
      await recordAgain(client, file, position, before);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function run(client: pg.Client, file: MigrationFile, appRole: string): Promise<void> {
  const sql = appRole === appRoleName ? file.sql : file.sql.replace(/\bdudao_app\b/g, pg.escapeIdentifier(appRole));
  try {
    const before = await transactionOf(client);
    await client.query(sql);
    if ((await transactionOf(client)) !== before) throw new Error(`${file.name} ends the transaction it runs in`);
  } catch (error) {
    throw new StartError(`数据库升级文件 ${file.name} 执行失败${lineOf(error, sql)}：${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function transactionOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return rows[0]?.id ?? '';
}

function lineOf(error: unknown, sql: string): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? '' : `（第 ${sql.slice(0, position).split('\n').length} 行）`;
}

function numberOf(name: string): string {
  return name.slice(0, 4);
}

/**
 * The migrations grant the rights on tables. The right to connect is granted here, where an administrator took it away.
 */
async function grantEntrance(client: pg.Client, appRole: string): Promise<void> {
  const role = pg.escapeIdentifier(appRole);
  const { rows } = await client.query<{ connect: boolean; usage: boolean }>(
    `select has_database_privilege($1, current_database(), 'connect') as connect,
       has_schema_privilege($1, 'public', 'usage') as usage`,
    [appRole],
  );
  const database = pg.escapeIdentifier(client.database ?? '');
  if (!rows[0]?.connect) await client.query(`grant connect on database ${database} to ${role}`);
  if (!rows[0]?.usage) await client.query(`grant usage on schema public to ${role}`);
}
