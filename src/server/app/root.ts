import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCurrentBuild } from '../../../bin/builds.mjs';

/**
 * The folder of the product, found from the place where this file runs: the sources, or a bundle in
 * `dist/<fingerprint>/server`.
 */
export const productRoot: string = find(import.meta.dirname);

export const migrationsFolder: string = path.join(productRoot, 'migrations');
export const webFolder: string = path.join(buildFolder(), 'web');
/** The page in which a PDF is drawn. */
export const viewerFile: string = path.join(buildFolder(), 'viewer', 'viewer.html');

export function productVersion(): string {
  return (JSON.parse(readFileSync(path.join(productRoot, 'package.json'), 'utf8')) as { version: string }).version;
}

function find(from: string): string {
  const candidate = path.join(from, 'package.json');
  if (existsSync(candidate) && existsSync(path.join(from, 'migrations'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('the folder of the product, with package.json and migrations, was not found');
  return find(parent);
}

/** The build that runs: its desk belongs to its server. From the sources it is the build that was started last. */
function buildFolder(): string {
  const dist = path.join(productRoot, 'dist');
  const [running] = path.relative(dist, import.meta.dirname).split(path.sep);
  if (running !== undefined && running !== '..') return path.join(dist, running);
  return findCurrentBuild(dist) ?? path.join(dist, 'none');
}
