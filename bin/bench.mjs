import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildWhenStale, root } from './build.mjs';

// The shipped product is measured: the built product, with a harness that runs from its sources.
buildWhenStale();
const { status } = spawnSync(
  path.join(root, 'node_modules/.bin/tsx'),
  [path.join(root, 'bench/run.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
