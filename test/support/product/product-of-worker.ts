import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import type { TestProduct } from './product.ts';

let own: TestProduct | undefined;

/**
 * The product of the process that runs this file: the first that no other living process holds. It is held by a file beside
 * its data, because two files in one product would end each other's sessions.
 */
export function productOfWorker(): TestProduct {
  const take = () => inject('products').find(({ dataDir }) => isTaken(join(dirname(dataDir), 'visited-by')));
  // A process that just ends may hold one for a moment.
  for (let tries = 0; own === undefined && tries < 200; tries++) {
    own = take();
    if (own === undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  if (!own) throw new Error(`other processes hold all ${inject('products').length} products`);
  return own;
}

function isTaken(mark: string): boolean {
  try {
    writeFileSync(mark, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(mark, 'utf8')))) return false;
    rmSync(mark, { force: true });
    return isTaken(mark);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
