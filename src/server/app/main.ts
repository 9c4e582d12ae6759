import { pathToFileURL } from 'node:url';
import { main } from './cli.ts';

export { main };

// When run from the sources, this file starts itself; `bin/dudao.mjs` imports the bundle and calls `main`.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
