import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readNewStandard } from '#domain/balance/standard/read-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { problem } from '#domain/kit/problem.ts';
import { productRoot } from './root.ts';

const folder = path.join(productRoot, 'reference', 'standards');

/** Keys of the standards that come with the product, e.g. `basic-2012`. */
export function standardKeys(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/**
 * Reads and checks a standard that comes with the product.
 * @throws Problem `standard.unknown` with the known keys, `standard.invalid`
 */
export function readStandardFile(key: string): BalanceStandard {
  const known = standardKeys();
  if (!known.includes(key)) throw problem('standard.unknown', { key, known });
  return readNewStandard(JSON.parse(readFileSync(path.join(folder, `${key}.json`), 'utf8')));
}
