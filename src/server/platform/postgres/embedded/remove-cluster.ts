import { existsSync, realpathSync, rmSync } from 'node:fs';
import type { StartLog } from '../../config/start-error.ts';
import { clearOrphan } from './postmaster.ts';
import { clusterOf } from './site.ts';
import { readState, stateExists } from './state.ts';

/** Stops whatever still serves the cluster of a data folder, and removes the cluster, also where it lies elsewhere. */
export async function removeCluster(dataDir: string, log: StartLog): Promise<void> {
  if (!stateExists(dataDir)) return;
  const folder = realpathSync(dataDir);
  for (const base of [folder, readState(folder).distant]) {
    if (base === null || !existsSync(base)) continue;
    await clearOrphan(clusterOf(base), log);
    rmSync(clusterOf(base), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    if (base !== folder) rmSync(base, { recursive: true, force: true });
  }
}
