import { realpathSync } from 'node:fs';
import type { Config } from '#platform/config/config.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { databaseName, ownerRole } from '#platform/postgres/embedded/cluster.ts';
import { readState } from '#platform/postgres/embedded/state.ts';
import { assertDataHere } from '#platform/postgres/existing-data.ts';
import { dataFolderHolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
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

function runningUrl(dataDir: string): string {
  const { password, port } = readState(realpathSync(dataDir));
  if (port === null) throw new StartError(`数据目录 ${dataDir} 里的数据库正在启动，请稍后再试。`);
  return `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${databaseName}`;
}
