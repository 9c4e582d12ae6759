import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.ts';
import { prepareDataFolder } from './data-folder.ts';
import { type ProcessWorld, pause, processStart, processWorld } from './running-process.ts';

/** The holder of a data folder. `start` distinguishes a living holder from another process with its pid. */
export interface FolderHolder {
  pid: number;
  start: string;
  world: ProcessWorld;
  /** ISO time. */
  since: string;
  /** The address at which it serves, once it does. */
  address: string | null;
  token: string;
}

export interface FolderHold {
  /** Writes the address into the lock, so that a second start can name it. */
  announce(address: string): void;
  /** Gives the folder back; a second call does nothing. */
  release(): void;
}

const heartbeatMilliseconds = 3_000;

/**
 * Takes the data folder for this process alone (and prepares it, see `prepareDataFolder`). A lock whose holder has
 * ended is taken over automatically, even when its pid now belongs to another process.
 *
 * Only `link` and `rename` of complete files are used, so no reader ever sees half a lock. No process deletes a lock
 * that it has not proved to be dead: a dead lock with token T is succeeded by creating `lock.T`, which only one process
 * can create.
 * @throws StartError naming the holder
 */
export async function holdDataFolder(dataDir: string): Promise<FolderHold> {
  prepareDataFolder(dataDir);
  const head = join(dataDir, 'lock');
  const own: FolderHolder = {
    pid: process.pid,
    start: processStart(process.pid) ?? '',
    world: processWorld(),
    since: new Date().toISOString(),
    address: null,
    token: randomUUID(),
  };

  for (;;) {
    const successions: string[] = [];
    let file = head;
    let first: string | null = null;
    while (!createWhole(file, own)) {
      const holder = readHolder(file);
      // The lock was released between our attempt and our look: start again.
      if (!holder) break;
      if (await isAlive(holder, file)) throw heldBy(dataDir, holder);
      first ??= holder.token;
      if (file !== head) successions.push(file);
      file = `${head}.${holder.token}`;
    }
    if (readHolder(file)?.token !== own.token) continue;
    if (file !== head) {
      // While we followed the dead locks, another process may have finished its take-over and removed the files behind
      // it.
      if (readHolder(head)?.token !== first) {
        unlinkSync(file);
        continue;
      }
      replaceWhole(head, own);
      for (const dead of [...successions, file]) unlinkSync(dead);
    }
    return keep(head, own);
  }
}

/** The present holder of the folder, or null. A holder that has ended does not count. */
export async function dataFolderHolder(dataDir: string): Promise<FolderHolder | null> {
  const file = join(dataDir, 'lock');
  const holder = readHolder(file);
  return holder && (await isAlive(holder, file)) ? holder : null;
}

function keep(file: string, own: FolderHolder): FolderHold {
  let held = true;
  // For holders in other containers, whose pids mean nothing here: a lock with a recent time stamp is alive.
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Another process has taken the folder away; the database will report this more clearly.
    }
  }, heartbeatMilliseconds);
  heartbeat.unref();
  function release(): void {
    if (!held) return;
    held = false;
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    try {
      if (readHolder(file)?.token === own.token) unlinkSync(file);
    } catch {
      // The lock is gone already and keeps nobody out.
    }
  }
  process.once('exit', release);
  return {
    announce(address) {
      own.address = address;
      replaceWhole(file, own);
    },
    release,
  };
}

async function isAlive(holder: FolderHolder, file: string): Promise<boolean> {
  const here = processWorld();
  const sameBoot = holder.world.boot === here.boot;
  if (sameBoot && holder.world.namespace === here.namespace) return processStart(holder.pid) === holder.start;
  // The same machine was started again since then, so no process from before is running.
  if (!sameBoot && holder.world.host === here.host) return false;
  const before = touchedAt(file);
  for (let waited = 0; waited < 3 * heartbeatMilliseconds; waited += 250) {
    await pause(250);
    const now = touchedAt(file);
    if (now !== before) return now !== null;
  }
  return false;
}

function touchedAt(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

function createWhole(file: string, own: FolderHolder): boolean {
  const unfinished = writeAside(file, own);
  try {
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(unfinished);
  }
}

function replaceWhole(file: string, own: FolderHolder): void {
  renameSync(writeAside(file, own), file);
}

function writeAside(file: string, own: FolderHolder): string {
  const aside = `${file}.${randomUUID()}.tmp`;
  // Readable within the closed folder, so that its owner can judge a lock that root has left behind.
  writeFileSync(aside, `${JSON.stringify(own)}\n`, { mode: 0o644 });
  return aside;
}

function readHolder(file: string): FolderHolder | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(text) as FolderHolder;
  } catch {
    // A power cut can leave an empty file behind a completed rename; its writer is not running any more.
    return { pid: 0, start: 'never', world: processWorld(), since: '', address: null, token: 'unreadable' };
  }
}

function heldBy(dataDir: string, holder: FolderHolder): StartError {
  const since = new Date(holder.since).toLocaleString('zh-CN', { hour12: false });
  const where = holder.address ? `，地址 ${holder.address}` : '';
  const host = holder.world.host === processWorld().host ? '' : `，主机 ${holder.world.host}`;
  return new StartError(
    `数据目录 ${dataDir} 正被另一个督导进程使用（进程号 ${holder.pid}，自 ${since} 起${where}${host}）；请先停止它，或用 DATA_DIR 另设一个数据目录。`,
  );
}
