import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './test/support/chromium.ts';

/**
 * Four projects, one run, one closing line. `unit` needs nothing; `server` clones a migrated database per file from
 * the embedded cluster that `test/support/cluster.ts` starts once; `components` draws single pieces of the desk in
 * Chromium; `browser` drives Chromium against the built product.
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
          include: ['src/{domain,contract,web}/**/*.test.{ts,tsx}', 'test/reference/**/*.test.ts'],
          exclude: ['**/*.browser.test.tsx'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/server/**/*.test.ts', 'test/{house,journeys,faults}/**/*.test.ts'],
          globalSetup: ['./test/support/cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
            '@base-ui/react/combobox',
            '@base-ui/react/menu',
            '@headless-tree/core',
            '@headless-tree/react',
            '@tanstack/react-query',
            '@tanstack/react-router',
            'react-hook-form',
            'zod',
            'vitest-browser-react',
          ],
        },
        test: {
          name: 'components',
          include: ['src/web/**/*.browser.test.tsx'],
          setupFiles: ['./test/support/component-page.ts'],
          browser: {
            enabled: true,
            headless: true,
            // Two cores draw one file faster than three beside each other.
            fileParallelism: false,
            screenshotFailures: false,
            provider: playwright({
              // Without a Chromium the run says so by itself, and the other projects need none.
              launchOptions: { executablePath: findChromium() ?? 'chromium', args: chromiumFlags },
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
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/support/product.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // Pages that are looked at together: two cores draw one while another waits for its answers.
          maxConcurrency: 3,
        },
      },
    ],
  },
});
