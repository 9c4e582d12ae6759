import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.ts';
import { isUnfinished } from '../db/dump/copy-in.ts';
import type { OwnerClient } from '../db/owner-client.ts';
import { writeSecretFile } from './data-folder.ts';

/** Lies in the data folder from the first step of a restore to its last; a database that was given has a mark of its own. */
const mark = 'restore-unfinished';

const sentence =
  '里有一次没有做完的恢复，数据不完整，不能使用；请再运行一次 dudao restore（会从头开始），或删除它另选一个位置。';

export function isFolderUnfinished(dataDir: string): boolean {
  return existsSync(join(dataDir, mark));
}

export function markFolder(dataDir: string): void {
  writeSecretFile(join(dataDir, mark), `${new Date().toISOString()}\n`);
}

export function clearFolderMark(dataDir: string): void {
  rmSync(join(dataDir, mark), { force: true });
}

/** @throws StartError where a restore into this folder did not end */
export function assertFolderFinished(dataDir: string): void {
  if (isFolderUnfinished(dataDir)) throw new StartError(`数据目录 ${dataDir} ${sentence}`);
}

/** @throws StartError where a restore into this database did not end */
export async function assertDatabaseFinished(client: OwnerClient): Promise<void> {
  if (await isUnfinished(client)) throw new StartError(`DATABASE_URL 指向的数据库${sentence}`);
}
