import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the browser test of one file in a run of its own; returns the output at its end and its exit code. */
function browserTests(chromium: string): { lines: string[]; status: number | null } {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const file = 'test/browser/three-clicks.test.ts';
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'browser', file], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM: chromium, NO_COLOR: '1' },
  });
  return { lines: stdout.trimEnd().split('\n'), status };
}

describe('the browser tests, where no browser runs', () => {
  it('are skipped and counted, with the reason, where nobody asked for one', () => {
    const { lines, status } = browserTests('none');
    expect(lines.slice(-3)).toEqual([
      '1 skipped: CHROMIUM=none asks for no browser.',
      '  1 in test/browser/three-clicks.test.ts',
      '0 passed, 0 failed, 1 skipped',
    ]);
    expect(status).toBe(0);
  }, 60_000);

  it('fail where the one that was asked for does not run', () => {
    const { lines, status } = browserTests(join(root, 'no/such/browser'));
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  }, 60_000);
});
