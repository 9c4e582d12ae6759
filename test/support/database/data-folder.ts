import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clearOrphan } from '#platform/postgres/embedded/postmaster.ts';

const quiet = { info() {}, warn() {} };

/** The folder of the cluster of a data folder when it could not lie in the data folder itself; null: it lies there. */
export function distantBase(dataDir: string): string | null {
  const file = join(dataDir, 'embedded.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { distant: string | null }).distant : null;
}

/** Stops every process that still serves a data folder, and removes the folder and everything of it elsewhere. */
export async function removeDataFolder(dataDir: string): Promise<void> {
  for (const base of [dataDir, distantBase(dataDir)]) {
    if (base === null) continue;
    await clearOrphan(join(base, 'postgres'), quiet);
    rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
