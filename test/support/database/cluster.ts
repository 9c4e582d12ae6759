import { mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { removeDataFolder } from './data-folder.ts';
import { databaseUrl } from './database-url.ts';
import { madeFolders, quickPlace } from './quick-place.ts';

/** What a test file needs to get a database of its own: see `database.ts`. */
export interface TestCluster {
  ownerUrl: string;
  appUrl: string;
  /** A migrated database without connections, which is cloned for each test file. */
  template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster;
  }
}

const migrations = fileURLToPath(new URL('../../../migrations', import.meta.url));
const prefix = 'dudao-cluster-';
const quiet = { info: () => {}, warn: (message: string) => console.warn(message) };

/** One embedded cluster for the whole run, without waiting for the disk. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = mkdtempSync(join(quickPlace, prefix));
  const hold = await holdDataFolder(dataDir);
  const server = await startEmbedded({ dataDir, log: quiet, durable: false });
  async function tearDown(): Promise<void> {
    await server.stop();
    hold.release();
    await removeDataFolder(dataDir);
  }
  try {
    const template = 'template_dudao';
    const templateUrl = databaseUrl(server.ownerUrl, template);
    await withClient(server.ownerUrl, (client) => client.query(`create database ${template}`));
    const appUrl = await ensureAppRole(templateUrl, { dataDir });
    await migrate(templateUrl, { directory: migrations });
    project.provide('cluster', { ownerUrl: server.ownerUrl, appUrl, template });
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

/** A run that was killed leaves a server and a folder behind; the lock in the folder shows that nobody needs them. */
async function sweep(): Promise<void> {
  for (const dataDir of madeFolders(prefix)) {
    try {
      // A run that is just beginning has made its folder and not yet locked it.
      if (Date.now() - statSync(dataDir).ctimeMs < 60_000) continue;
      const hold = await holdDataFolder(dataDir);
      await removeDataFolder(dataDir);
      hold.release();
    } catch {
      // In use, or another run is removing it.
    }
  }
}
