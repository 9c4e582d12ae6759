import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../config/start-error.ts';

/** Marks a folder as ours, so that we never close somebody else's folder (DATA_DIR=/home/me) to others. */
const marker = 'dudao-data';

/**
 * Makes sure that the data folder exists, is ours, is writable, and is closed to everybody else (0700).
 * @throws StartError
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const markerFile = join(dataDir, marker);
    if (!existsSync(markerFile)) {
      const contents = readdirSync(dataDir).filter((name) => !name.startsWith('.') && name !== 'lost+found');
      if (contents.length > 0) {
        throw new StartError(
          `文件夹 ${dataDir} 里已有别的内容（例如 ${contents[0]}），不能用作数据目录；请把 DATA_DIR 设为一个新的或空的文件夹。`,
        );
      }
      writeFileSync(markerFile, '此文件夹由督导系统使用，请勿手工改动其中的文件。\n', { mode: 0o600 });
    }
    if ((statSync(dataDir).mode & 0o777) !== 0o700) chmodSync(dataDir, 0o700);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `数据目录 ${dataDir} 无法使用（${reasonOf(error)}）；请检查其所有者和权限，或用 DATA_DIR 另设一个文件夹。`,
      { cause: error },
    );
  }
}

/** Writes a secret so that it is complete or absent, readable by its owner only, and belongs to the folder's owner. */
export function writeSecretFile(file: string, content: string): void {
  renameSync(writeUnfinished(file, content), file);
  keepFolder(dirname(file));
}

/** The same for a secret that is made once: two programs that start at once both find the same secret. */
export function createSecretFile(file: string, content: string): void {
  const unfinished = writeUnfinished(file, content);
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(unfinished);
  }
  keepFolder(dirname(file));
}

/**
 * Reads one of our JSON files.
 * @throws StartError with `remedy`, the sentence that says what to do, where it is damaged
 */
export function readJsonFile(file: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`文件 ${file} 已损坏，无法读取；${remedy}`, { cause: error });
  }
}

function writeUnfinished(file: string, content: string): string {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  writeFileSync(unfinished, content, { mode: 0o600, flush: true });
  if (process.getuid?.() === 0) {
    const folder = statSync(dirname(file));
    chownSync(unfinished, folder.uid, folder.gid);
  }
  return unfinished;
}

/** A new name in a folder is on the disk only after the folder itself was flushed; Windows has no such call. */
function keepFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return '没有权限';
  if (code === 'ENOTDIR' || code === 'EEXIST') return '路径上有一个同名的文件';
  if (code === 'ENOSPC') return '磁盘已满';
  if (code === 'EROFS') return '文件系统为只读';
  return error instanceof Error ? error.message : String(error);
}
