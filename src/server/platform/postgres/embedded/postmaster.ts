import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StartLog } from '../../config/start-error.ts';
import { pause, processArguments, processStart } from '../running-process.ts';

/** The content of `postmaster.pid`. The server keeps it current; it updates the last line while it comes up. */
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

/**
 * Whether this living process is a PostgreSQL server on exactly this cluster, and not another process with a reused
 * pid.
 */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (processStart(pid) === null) return false;
  // Compared as one line, because some systems give nothing else; a path may hold spaces.
  return processArguments(pid).join(' ').includes(`/bin/postgres -D ${cluster} `);
}

/**
 * Clears the way for a new start. A server that outlived its program is stopped, gently at first. A `postmaster.pid` is
 * removed if its process is gone or its pid now belongs to another process. The caller holds the data folder.
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

/** Fast shutdown (sessions end, all data are written to disk); harder ways only where that hangs. */
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
 * Ends the children that a killed server left behind. They notice its death at their next pause, which a long
 * computation may not reach for hours. Until then the shared memory prevents the start of a new server.
 */
export function endLeftChildren(cluster: string): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !processArguments(pid)[0]?.startsWith('postgres: ')) continue;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === cluster) process.kill(pid, 'SIGQUIT');
    } catch {
      // The process has ended meanwhile, or we may not see it.
    }
  }
}
