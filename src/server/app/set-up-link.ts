import { rmSync } from 'node:fs';
import path from 'node:path';
import { writeSecretFile } from '#platform/postgres/data-folder.ts';

/**
 * Keeps the address of the set-up link in the data folder, readable by its owner only; without one, the file of an
 * earlier start goes.
 * @returns the name of the file
 */
export function keepSetUpLink(dataDir: string, address: string | null): string {
  const file = path.join(dataDir, 'set-up-link');
  if (address === null) rmSync(file, { force: true });
  else writeSecretFile(file, `${address}\n`);
  return file;
}
