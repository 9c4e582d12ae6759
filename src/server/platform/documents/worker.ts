import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * A thread that runs `<name>.worker.ts` of this folder. Built, it is a file beside the bundle; from sources, the thread
 * must first learn to read TypeScript.
 */
export function openWorker(name: string, workerData: object, resourceLimits: ResourceLimits): Worker {
  const options = { workerData, resourceLimits };
  const here = import.meta.dirname;
  const built = [here, path.dirname(here)].map((folder) => path.join(folder, `${name}.worker.js`)).find(existsSync);
  if (built !== undefined) return new Worker(built, options);
  const source = pathToFileURL(path.join(here, `${name}.worker.ts`)).href;
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(start, { ...options, eval: true });
}
