import { defineConfig } from 'vitest/config';

/**
 * Three projects, one run, one closing line. `unit` needs nothing; `server` clones a migrated database per file from
 * the embedded cluster that `test/support/cluster.ts` starts once; `browser` drives Chromium against the built product.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally.ts'],
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/{domain,contract,web}/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
            'test/{reference,support}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/{server,sample}/**/*.test.ts', 'test/{house,agreement,faults}/**/*.test.ts'],
          globalSetup: ['./test/support/cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/support/product.ts'],
          setupFiles: ['./test/support/without-browser.ts'],
          // A bound for what hangs and no measure of speed: on a busy machine all of it takes ten times as long.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 120_000 } },
          fileParallelism: false,
          // Pages that are looked at together: two cores draw one while another waits for its answers.
          maxConcurrency: 3,
        },
      },
    ],
  },
});
