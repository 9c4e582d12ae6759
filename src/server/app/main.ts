import { main } from './cli.ts';

// The program when it runs from its sources; a build begins at `cli.ts`, which `bin/dudao.mjs` loads.
await main(process.argv.slice(2));
