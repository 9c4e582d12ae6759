import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError, type StartLog } from '../../config/start-error.ts';
import { type Account, candidateAccounts, canRun, runAs } from './account.ts';
import { type Binaries, copiedBinaries, installedBinaries, restoreLibraryLinks } from './binaries.ts';
import { clearOrphan } from './postmaster.ts';
import { type EmbeddedState, writeState } from './state.ts';

/** The place of a cluster, the binaries that run it, and their account. */
export interface Site {
  /** Folder that holds the cluster: the data folder, or one below /var/lib/dudao where the account cannot reach it. */
  base: string;
  /** The PostgreSQL data directory itself. */
  cluster: string;
  account: Account;
  binaries: Binaries;
}

/** Used where the server's account cannot reach the data folder; one folder below it for each data folder. */
const shelf = '/var/lib/dudao';

/** The cluster folder, relative to its base. */
export function clusterOf(base: string): string {
  return join(base, 'postgres');
}

/**
 * The present place of this data folder's cluster; null before the first one is made.
 * @throws StartError where there was one and it is gone
 */
export function existingBase(dataDir: string, state: EmbeddedState): string | null {
  const bases = state.distant === null ? [dataDir] : [state.distant, dataDir];
  const found = bases.find((base) => existsSync(join(clusterOf(base), 'PG_VERSION')));
  if (found) return found;
  if (!state.made) return null;
  throw new StartError(
    `数据库文件夹 ${clusterOf(bases[0] ?? dataDir)} 不见了；请从备份恢复它。若确实要从头开始，请删除整个数据目录 ${dataDir}。`,
  );
}

/**
 * Chooses base, account and binaries by trying. It moves an existing cluster when its old base is no longer usable (the
 * same data folder on another machine). Call it only while no server runs on the cluster.
 * @throws StartError
 */
export async function chooseSite(dataDir: string, state: EmbeddedState, log: StartLog): Promise<Site> {
  const installed = installedBinaries();
  const old = existingBase(dataDir, state);
  const accounts = candidateAccounts(old === null ? null : statSync(clusterOf(old)).uid);
  const bases = [dataDir];
  if (process.getuid?.() === 0) bases.push(state.distant ?? distantBase(dataDir));
  // A cluster stays in its place as long as that place works.
  if (old !== null && old !== dataDir) bases.reverse();

  for (const base of bases) {
    if (base !== dataDir) openShelf(base);
    for (const account of accounts) {
      const binaries = usableBinaries(account, installed, base);
      if (!binaries) continue;
      // Recorded before anything is created, so that after a kill the next start still knows the place.
      if (base !== dataDir) {
        state.distant = base;
        writeState(dataDir, state);
      }
      if (old !== base) await setAside(base, log);
      if (old !== null && old !== base) moveCluster(clusterOf(old), clusterOf(base), log);
      if (base === dataDir) state.distant = null;
      return { base, cluster: clusterOf(base), account, binaries };
    }
  }
  throw new StartError(
    `内置数据库的程序无法运行（${join(installed.root, 'bin/postgres')}）；请检查该文件和数据目录 ${dataDir} 的权限，或用 DATABASE_URL 指定一个数据库。`,
  );
}

function usableBinaries(account: Account, installed: Binaries, base: string): Binaries | null {
  const runs = (binaries: Binaries) => canRun(account, join(binaries.root, 'bin', 'postgres'), base);
  if (restoreLibraryLinks(installed) && runs(installed)) return installed;
  // Checks before 60 MB are copied whether the copy would help. It would not if the account cannot even enter the
  // folder.
  if (!runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', base]).ok) return null;
  const copied = copiedBinaries(installed, base);
  return runs(copied) ? copied : null;
}

function distantBase(dataDir: string): string {
  return join(shelf, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

function openShelf(base: string): void {
  try {
    for (const folder of [shelf, base]) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o711);
    }
  } catch (error) {
    throw new StartError(`无法建立文件夹 ${base}；内置数据库需要一个普通用户能够进入的位置。`, { cause: error });
  }
}

/** A cluster whose data folder was deleted: its password is lost, but we may not delete it. */
async function setAside(base: string, log: StartLog): Promise<void> {
  const cluster = clusterOf(base);
  if (!existsSync(join(cluster, 'PG_VERSION'))) return;
  await clearOrphan(cluster, log);
  const aside = `${cluster}.unclaimed-${Date.now()}`;
  renameSync(cluster, aside);
  log.warn(`文件夹 ${cluster} 里有一个不属于现在这个数据目录的数据库，已改名为 ${aside}。`);
}

function moveCluster(from: string, to: string, log: StartLog): void {
  log.warn(`数据库所在的文件夹 ${from} 在本机无法使用，正在移到 ${to}。`);
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const owner = statSync(from);
    const unfinished = join(dirname(to), 'postgres.moving');
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    give(unfinished, owner.uid, owner.gid);
    // Node 22 gives the copy of a folder the rights of a new one, and PostgreSQL serves none that others may read.
    chmodSync(unfinished, owner.mode & 0o7777);
    renameSync(unfinished, to);
    rmSync(from, { recursive: true, force: true });
  }
}

function give(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) give(join(path, name), uid, gid);
}
