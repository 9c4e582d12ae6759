import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * A thread that runs `<name>.worker.ts` of `folder` (`import.meta.dirname` of the caller). In a build it is a file
 * beside the bundle. When run from sources, the thread must first register a loader for TypeScript.
 */
export function openThread(
  folder: string,
  name: string,
  workerData: object,
  resourceLimits: ResourceLimits = {},
): Worker {
  const options = { workerData, resourceLimits };
  const built = [folder, path.dirname(folder)].map((one) => path.join(one, `${name}.worker.js`)).find(existsSync);
  if (built !== undefined) return new Worker(built, options);
  const source = pathToFileURL(path.join(folder, `${name}.worker.ts`)).href;
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(start, { ...options, eval: true });
}
