import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { publicRoleName } from '../postgres/role-rights.ts';
import { appRoleName } from '../postgres/roles.ts';
import { pause } from '../postgres/running-process.ts';
import { againLedger, differsAgain, dropAgain, listPublishable, recordAgain } from './migrate/migrate-again.ts';
import { type MigrationFile, readAgain, readMigrations, runFile } from './migrate/migrate-files.ts';
import { ensureRole, grantEntrance, listFormerRoles, rebindRole } from './migrate/migrate-role.ts';
import { addressOf, type OwnerDatabase, urlOf, withClient } from './owner-client.ts';

export interface MigrateOptions {
  /** Absolute path of the folder of SQL files, `NNNN_name.sql`. */
  directory: string;
  /** The role that the files call `dudao_app`, where DATABASE_APP_URL names another. */
  appRole?: string;
  /**
   * The last numbered file to run, with no view or function after it: the schema of an earlier version, into which its
   * own rows are laid before the rest runs.
   */
  upTo?: string;
  /** How long to wait for another migrator, and for servers that hold what must change, in milliseconds. */
  patience?: number;
}

/** The files that ran, and the roles that lost their rights to the present one, where there are any. */
export interface Migrated {
  applied: string[];
  former?: string[];
}

/** Any number works; every migrator of our databases locks this one. */
const lockKey = 0x6475_6461;

/**
 * How long to wait for a lock at a time: a waiting migrator blocks every request that queues up behind it. The time is
 * half of PostgreSQL's deadlock_timeout (1 s), so that when a server and the migrator wait for each other, the migrator
 * has given way before the server looks for a deadlock.
 */
const lockTimeout = '500ms';

/**
 * Brings a database to the state of the program. It runs every numbered file that has not run yet, in number order.
 * Then, if one of them ran or one of `again/` has changed, it runs all files of `again/`. All of this and the rows in
 * the ledgers are one transaction: a server that runs meanwhile sees either the old tables and views or the new ones.
 * There is no way back; a numbered file that has run must not change.
 * @throws StartError with a sentence, before anything is changed, where files and database contradict each other
 */
export async function migrate(database: OwnerDatabase, options: MigrateOptions): Promise<Migrated> {
  const { upTo } = options;
  const files = readMigrations(options.directory).filter(({ name }) => upTo === undefined || name <= upTo);
  const again = upTo === undefined ? readAgain(options.directory) : [];
  const appRole = options.appRole ?? appRoleName;
  const patience = options.patience ?? 120_000;
  return withClient(database, async (client) => {
    await client.query('set search_path to public');
    // Where the system supports it, a killed migrator's statement ends at once instead of running on unnoticed.
    await client.query(`set client_connection_check_interval to '1s'`).catch(() => {});
    await takeTurn(client, addressOf(urlOf(database)), patience);
    try {
      return await bringUp(client);
    } finally {
      // A connection that is shared stays open; one that broke has lost the lock already.
      await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => {});
    }
  });

  async function bringUp(client: pg.Client): Promise<Migrated> {
    for (const role of [appRole, publicRoleName]) await ensureRole(client, role);
    await ensureLedgers(client);
    const pending = await compare(client, files);
    const former = await listFormerRoles(client, appRole);
    if (pending.length > 0 || (await differsAgain(client, again))) {
      await whenFree(patience, () => apply(client, pending, again, appRole));
    }
    if (former.length > 0) {
      await whenFree(patience, () => rebindRole(client, former, appRole, [...files, ...again]));
    }
    await grantEntrance(client, appRole);
    return { applied: pending.map((file) => file.name), ...(former.length > 0 ? { former } : {}) };
  }
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
async function compare(client: pg.Client, files: MigrationFile[]): Promise<MigrationFile[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations order by name',
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
  return pending;
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
      await runFile(client, file, appRole);
      await client.query('insert into schema_migrations (name, sha256, app_role) values ($1, $2, $3)', [
        file.name,
        file.sha256,
        appRole,
      ]);
    }
    let standing = await listPublishable(client);
    for (const [position, file] of again.entries()) {
      await runFile(client, file, appRole);
      standing = await recordAgain(client, file, position, standing);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function numberOf(name: string): string {
  return name.slice(0, 4);
}
