import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError, type StartLog } from '../../config/start-error.ts';
import { runAs } from './account.ts';
import type { Site } from './site.ts';

/** The role that owns the database: the server's superuser, used only to migrate. */
export const ownerRole = 'dudao_owner';
export const databaseName = 'dudao';

/**
 * Characters beyond ASCII count as letters only under such a locale (pg_trgm on Chinese names!); ICU does the sorting.
 */
const characterTypes = process.platform === 'darwin' ? ['en_US.UTF-8', 'C'] : ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * Makes the cluster unless it exists. It is made in another folder and renamed when complete. If the program is killed
 * in between, only leftover files remain, which the next start deletes.
 * @throws StartError
 */
export function makeCluster(site: Site, password: string, durable: boolean, log: StartLog): void {
  for (const name of readdirSync(site.base)) {
    if (name.startsWith('postgres.new-')) sweep(join(site.base, name));
  }
  if (existsSync(join(site.cluster, 'PG_VERSION'))) {
    assertSameMajor(site);
    return;
  }
  log.info('首次启动，正在建立数据库。');
  let output = '';
  for (const characterType of characterTypes) {
    const made = initialise(site, password, durable, characterType);
    if (made.ok) return;
    output = made.output;
    if (!/locale|LC_/.test(output)) break;
  }
  throw new StartError(`建立数据库失败：${lastLine(output)}`);
}

function initialise(
  site: Site,
  password: string,
  durable: boolean,
  characterType: string,
): { ok: boolean; output: string } {
  const unfinished = mkdtempSync(join(site.base, 'postgres.new-'));
  try {
    const passwordFile = join(unfinished, 'owner-password');
    const cluster = join(unfinished, 'cluster');
    mkdirSync(cluster, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (site.account.uid !== null) {
      for (const path of [unfinished, cluster, passwordFile]) chownSync(path, site.account.uid, site.account.uid);
    }
    const result = runAs(site.account, join(site.binaries.root, 'bin', 'initdb'), [
      `--pgdata=${cluster}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      `--lc-ctype=${characterType}`,
      '--locale-provider=icu',
      '--icu-locale=zh',
      '--data-checksums',
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (result.ok) {
      rmSync(site.cluster, { recursive: true, force: true });
      renameSync(cluster, site.cluster);
      if (durable) syncFolder(site.base);
    }
    return result;
  } finally {
    sweep(unfinished);
  }
}

function assertSameMajor(site: Site): void {
  const major = readFileSync(join(site.cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = site.binaries.version.split('.')[0];
  if (major === ours) return;
  throw new StartError(
    `数据库文件夹 ${site.cluster} 属于 PostgreSQL ${major}，本程序内置的是 PostgreSQL ${ours}，不能直接打开；请用原来的版本导出数据后再导入。`,
  );
}

function lastLine(output: string): string {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => /error|fatal|denied|could not/i.test(line)) ?? lines.at(-1) ?? '没有说明';
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** The initdb of a killed program may still be writing there; it ends when its folder is gone. */
function sweep(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
