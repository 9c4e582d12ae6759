import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StartLog } from '../../config/start-error.ts';
import { pause, processArguments, processStart } from '../running-process.ts';

/** What `postmaster.pid` says: the server keeps it current, the last line while it comes up. */
export interface PostmasterFile {
  pid: number;
  port: number | null;
  status: string;
}

export function readPostmasterFile(cluster: string): PostmasterFile | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return null;
  return { pid, port: Number(lines[3]) || null, status: lines[7]?.trim() ?? '' };
}

/** Whether this living process is a PostgreSQL server on exactly this cluster, and not a stranger that got its pid. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (processStart(pid) === null) return false;
  // Compared as one line, because that is all some systems give; a path may hold spaces.
  return processArguments(pid).join(' ').includes(`/bin/postgres -D ${cluster} `);
}

/**
 * Clears the way for a new start: a server that outlived its program is stopped (gently, then less so), and a
 * `postmaster.pid` whose process is gone, or is somebody else by now, is removed. The caller holds the data folder.
 */
export async function clearOrphan(cluster: string, log: StartLog): Promise<void> {
  const left = readPostmasterFile(cluster);
  if (!left) return;
  if (isPostmasterOf(left.pid, cluster)) {
    log.info(`发现上次遗留的数据库进程（进程号 ${left.pid}），正在停止它。`);
    await stopPostmaster(left.pid);
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Fast shutdown (sessions end, everything is written out); only where that hangs, the harder ways. */
export async function stopPostmaster(pid: number, patience = 30_000): Promise<void> {
  const start = processStart(pid);
  if (start === null) return;
  for (const [signal, wait] of [
    ['SIGINT', patience],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const end = Date.now() + wait;
    while (Date.now() < end) {
      if (processStart(pid) !== start) return;
      await pause(20);
    }
  }
}

/**
 * Ends what a killed server left behind: its children notice its death at their next rest, which a long computation may
 * not reach for hours, and until then the shared memory keeps a new server out.
 */
export function endLeftChildren(cluster: string): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !processArguments(pid)[0]?.startsWith('postgres: ')) continue;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === cluster) process.kill(pid, 'SIGQUIT');
    } catch {
      // Ended meanwhile, or not ours to see.
    }
  }
}
