import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { productRoot } from '../src/server/app/root.ts';
import type { Result } from './result.ts';

/** The oldest Node that package.json admits, and the lines that are kept up after it. */
const kept = ['20.19', '22', '24'];

/** The registry has Node's own programs, one package a platform. */
const program = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * The whole suite on each line of Node, brought from the registry. A test compares `process.version` with the one that is
 * named here, so a run on another Node fails. Each gives the number of tests that failed; the goal is zero.
 */
export function measureNodes(say: (line: string) => void, lines: readonly string[] = kept): Result[] {
  return lines.map((line) => {
    const folder = path.join(productRoot, 'node_modules/.cache/nodes', line);
    mkdirSync(folder, { recursive: true });
    const brought = spawnSync('npm', ['install', '--no-save', '--prefix', folder, `${program}@${line}`], {
      stdio: ['ignore', 2, 2],
    });
    if (brought.status !== 0) throw new Error(`${program}@${line} could not be brought from the registry`);
    const bin = path.join(folder, 'node_modules', program, 'bin');
    const node = path.join(bin, 'node');
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    if (!version.startsWith(`v${line}.`)) throw new Error(`${node} says that it is ${version}`);
    say(`the suite on ${version} …`);
    const run = spawnSync(node, [path.join(productRoot, 'node_modules/vitest/vitest.mjs'), 'run'], {
      cwd: productRoot,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, NODE_EXPECTED: version },
    });
    const tally = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(run.stdout);
    if (tally === null || Number(tally[2]) > 0) say(run.stdout + run.stderr);
    if (tally === null) throw new Error(`the suite on ${version} ended without its closing line`);
    return asResult(version, { passed: Number(tally[1]), failed: Number(tally[2]), skipped: Number(tally[3] ?? 0) });
  });
}

/** A goal of zero allows no ratio, so the number of failures is used instead. */
function asResult(
  version: string,
  { passed, failed, skipped }: Record<'passed' | 'failed' | 'skipped', number>,
): Result {
  return {
    name: `suite on Node ${version}`,
    what: 'tests that failed, of which none is allowed',
    unit: 'failures',
    more: false,
    ours: failed,
    limit: 0,
    ratio: failed,
    goal: 0,
    holds: failed === 0 && passed > 0,
    figures: { passed, skipped },
  };
}
