import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { productRoot } from '../src/server/app/root.ts';
import type { Result } from './result.ts';

interface Report {
  readonly testResults: ReadonlyArray<{
    readonly name: string;
    readonly message: string;
    readonly assertionResults: ReadonlyArray<{
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }>;
  }>;
}

/**
 * The fault tests with full effort (docs/RELIABILITY.md). Each test gives one result: how often it failed. The goal is
 * zero. The seed decides all random moments.
 */
export function measureFaults(say: (line: string) => void, seed = String(Date.now())): Result[] {
  say(`the seed of the random moments: ${seed}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-bench-faults-'));
  const file = path.join(folder, 'report.json');
  try {
    spawnSync(
      path.join(productRoot, 'node_modules/.bin/vitest'),
      ['run', '--project', 'server', 'test/faults', '--no-file-parallelism', '--reporter=json', `--outputFile=${file}`],
      { cwd: productRoot, stdio: ['ignore', 2, 2], env: { ...process.env, FAULTS: 'thorough', FAULTS_SEED: seed } },
    );
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return report.testResults.flatMap(({ name, message, assertionResults }) => {
      const place = path.basename(name, '.test.ts');
      if (assertionResults.length === 0) say(`${place}: ${message}`);
      const none = { fullName: 'could not be loaded', status: 'failed', failureMessages: [] };
      return (assertionResults.length > 0 ? assertionResults : [none])
        .filter((one) => one.status !== 'skipped' && one.status !== 'pending')
        .map((one) => {
          for (const failure of one.failureMessages) say(`${one.fullName}\n${failure}`);
          const failed = one.status === 'passed' ? 0 : 1;
          return asResult(`${place}: ${one.fullName}`, failed);
        });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A goal of zero allows no ratio, so the number of failures is used instead. */
function asResult(name: string, failed: number): Result {
  const shown = { what: 'failures, of which none is allowed', unit: 'failures', more: false };
  return { name, ...shown, ours: failed, limit: 0, ratio: failed, goal: 0, holds: failed === 0 };
}
