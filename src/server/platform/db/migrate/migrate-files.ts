import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import pg from 'pg';
import { StartError } from '../../config/start-error.ts';
import { appRoleName } from '../../postgres/roles.ts';
import { findConverted, spreadStatements, statementsOf } from './migrate-spread.ts';

export interface MigrationFile {
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

/**
 * The folder of the files that all run again whenever one of them has changed: views, and functions published with
 * them. Each feature has a file of its own in `features/`, and a folder of the same name where that has grown too long;
 * both are deleted with the feature.
 */
const againFolder = 'again';
const featuresFolder = 'features';

/**
 * The numbered files of a folder in number order; each runs once.
 * @throws StartError where a name does not fit or a number is used twice
 */
export function readMigrations(directory: string): MigrationFile[] {
  const names = sqlFiles(directory);
  if (names.length === 0) throw new StartError(`文件夹 ${directory} 里没有数据库升级文件，程序可能没有安装完整。`);
  const numbers = new Set<string>();
  return names.map((name) => {
    const number = /^(\d{4})_[a-z0-9_-]+\.sql$/.exec(name)?.[1];
    if (!number) throw new StartError(`数据库升级文件 ${name} 的名称不符合“四位数字_名称.sql”。`);
    if (numbers.has(number)) throw new StartError(`数据库升级文件的编号 ${number} 重复。`);
    numbers.add(number);
    return readFile(directory, name);
  });
}

/**
 * The files of `again/` in the order in which they run: those of the features by name, then those that may stand on
 * them. Empty where the folder has none.
 */
export function readAgain(directory: string): MigrationFile[] {
  const folder = join(directory, againFolder);
  const ofFeatures = join(folder, featuresFolder);
  return [
    ...sqlFiles(ofFeatures, { recursive: true }).map((name) => readFile(folder, `${featuresFolder}/${name}`)),
    ...sqlFiles(folder).map((name) => readFile(folder, name)),
  ];
}

/** The names of the SQL files of a folder, sorted; none where there is no such folder. A deeper one has `/` in its name. */
function sqlFiles(folder: string, { recursive = false } = {}): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' })
    .map((name) => name.replaceAll(sep, '/'))
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

/** The same file must have the same fingerprint on a checkout that converts line ends. */
function readFile(folder: string, name: string): MigrationFile {
  const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
  return { name: name.slice(0, -4), sha256: createHash('sha256').update(sql).digest('hex'), sql };
}

/**
 * Runs a file in the transaction that is open, for the application's role of this database.
 * @throws StartError with the name of the file and the line
 */
export async function runFile(client: pg.Client, file: MigrationFile, appRole: string): Promise<void> {
  const sql = appRole === appRoleName ? file.sql : file.sql.replace(/\bdudao_app\b/g, pg.escapeIdentifier(appRole));
  try {
    const before = await transactionOf(client);
    await run(client, sql);
    if ((await transactionOf(client)) !== before) throw new Error(`${file.name} ends the transaction it runs in`);
  } catch (error) {
    throw new StartError(`数据库升级文件 ${file.name} 执行失败${lineOf(error, sql)}：${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A spread database takes a file statement by statement, in the order that it can keep; every other takes it whole. */
async function run(client: pg.Client, sql: string): Promise<void> {
  const converted = new Set(await findConverted(client));
  if (converted.size === 0) {
    await client.query(sql);
    return;
  }
  for (const { text, start } of statementsOf(sql)) {
    for (const part of spreadStatements(text, converted)) {
      try {
        await client.query(part);
      } catch (error) {
        // The place in the file: of a statement that was made from one, its beginning.
        if (error instanceof pg.DatabaseError) {
          error.position = String(start + (part === text ? Number(error.position ?? 1) : 1));
        }
        throw error;
      }
    }
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
