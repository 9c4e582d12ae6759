import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder completely or not at all. It is filled under another name and then renamed. If several processes make
 * it at once, the first one wins, and nobody ever finds half of it.
 */
export async function makeOnce(folder: string, fill: (folder: string) => Promise<void> | void): Promise<void> {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const staging = mkdtempSync(`${folder}-`);
  try {
    await fill(staging);
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another process was faster, and its folder is equally good.
    if (!existsSync(folder)) throw error;
  }
}
