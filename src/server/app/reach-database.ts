import { realpathSync } from 'node:fs';
import type { Config } from '#platform/config/config.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { databaseName, ownerRole } from '#platform/postgres/embedded/cluster.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { readState } from '#platform/postgres/embedded/state.ts';
import { assertDataHere } from '#platform/postgres/existing-data.ts';
import { dataFolderHolder, holdDataFolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { assertFolderFinished } from '#platform/postgres/unfinished-restore.ts';
import { openDatabase } from './open-database.ts';

/**
 * The database for a command that may run beside the server: the one that the server on this data folder uses. If no
 * server is running, the database is started for the command and stopped after it; none is made.
 */
export async function reachDatabase(
  config: Config,
  log: StartLog,
): Promise<{ readonly appUrl: string; close(): Promise<void> }> {
  const holder = await dataFolderHolder(config.dataDir);
  if (holder === null) {
    await assertDataHere(config);
    return openDatabase(config, log);
  }
  const ownerUrl = config.databaseUrl ?? runningUrl(config.dataDir);
  const appUrl = await ensureAppRole(ownerUrl, { dataDir: config.dataDir, appUrl: config.databaseAppUrl });
  return { appUrl, close: async () => {} };
}

/**
 * The same database for its owner, as it is: nothing is migrated. A server that is not running is started for the command,
 * and stopped after it.
 */
export async function reachOwner(
  config: Config,
  log: StartLog,
): Promise<{ readonly ownerUrl: string; close(): Promise<void> }> {
  if ((await dataFolderHolder(config.dataDir)) !== null) {
    return { ownerUrl: config.databaseUrl ?? runningUrl(config.dataDir), close: async () => {} };
  }
  await assertDataHere(config);
  const hold = await holdDataFolder(config.dataDir);
  try {
    assertFolderFinished(config.dataDir);
    if (config.databaseUrl !== null) return { ownerUrl: config.databaseUrl, close: async () => hold.release() };
    const embedded = await startEmbedded({ dataDir: config.dataDir, log });
    const close = async () => {
      await embedded.stop();
      hold.release();
    };
    return { ownerUrl: embedded.ownerUrl, close };
  } catch (error) {
    hold.release();
    throw error;
  }
}

function runningUrl(dataDir: string): string {
  const { password, port } = readState(realpathSync(dataDir));
  if (port === null) throw new StartError(`数据目录 ${dataDir} 里的数据库正在启动，请稍后再试。`);
  return `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${databaseName}`;
}
