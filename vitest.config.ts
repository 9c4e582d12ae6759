import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from '#test/support/browser/chromium.ts';
import SlowFirst from '#test/support/run/slow-first.ts';

/** The browser of the components; found once, and started to see that it runs. */
const chromium = await findChromium();

/**
 * Four projects, one run, one closing line. `unit` needs nothing; `server` clones a migrated database per file from
 * the embedded cluster that `test/support/database/cluster.ts` starts once; `components` draws single pieces of the desk in
 * Chromium; `browser` drives Chromium against the built product.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/run/tally.ts'],
    passWithNoTests: false,
    sequence: { sequencer: SlowFirst },
    // One file waits for its database while another works. By itself Vitest would leave one of two cores free.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          include: [
            'src/{domain,contract,web}/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
            'test/{reference,support}/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.tsx'],
          // Bounds for what hangs and no measures of speed: on a busy machine all of it takes ten times as long.
          testTimeout: 30_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          // The files of one worker share what they import, which costs more than the tests themselves where each file
          // loads the server anew. A file that replaces a module empties the shared ones before and after itself.
          isolate: false,
          include: ['src/{server,sample}/**/*.test.ts', 'test/{house,agreement,faults,upgrade}/**/*.test.ts'],
          globalSetup: ['#test/support/database/cluster.ts'],
          setupFiles: ['#test/support/product/once-per-password.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        cacheDir: 'node_modules/.cache/vitest-components',
        // Found beforehand: a package that a test is the first to need would load the page anew in the middle of it.
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-dev-runtime',
            '@base-ui/react/autocomplete',
            '@base-ui/react/combobox',
            '@base-ui/react/menu',
            '@base-ui/react/popover',
            '@headless-tree/core',
            '@headless-tree/react',
            '@tanstack/react-query',
            '@tanstack/react-router',
            'axe-core',
            'react-hook-form',
            'zod',
            'vitest-browser-react',
          ],
        },
        test: {
          name: 'components',
          // Where no Chromium runs they are left out; the tests of the browser project say why.
          include: 'missing' in chromium ? [] : ['src/web/**/*.browser.test.tsx'],
          setupFiles: ['#test/support/browser/component-page.ts'],
          browser: {
            enabled: true,
            headless: true,
            // Two cores draw one file faster than three beside each other.
            fileParallelism: false,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: 'missing' in chromium ? 'chromium' : chromium.program,
                args: chromiumFlags,
                env: { ...process.env, ...('missing' in chromium ? {} : chromium.environment) },
              },
              contextOptions: { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
            }),
            viewport: { width: 1366, height: 768 },
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          // Two processes after all others, each with a product of its own: a file waits for its product or its browser
          // while another works, and the files of one process share what they import.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['#test/support/product/product.ts'],
          setupFiles: ['#test/support/browser/without-browser.ts'],
          // A bound for what hangs and no measure of speed: on a busy machine all of it takes ten times as long.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 120_000 } },
          // Pages that are looked at together: two cores draw one while another waits for its answers.
          maxConcurrency: 3,
        },
      },
    ],
  },
});
