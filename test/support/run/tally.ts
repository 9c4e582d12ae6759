import type { Reporter, TestModule } from 'vitest/node';

/**
 * Prints the closing line that machines read: `N passed, N failed`, and before it the skipped tests with reason and
 * place. It is written on exit, so that nothing follows it. A module that could not be loaded counts as one failure,
 * because its tests never had the chance to fail. So does a run that failed before its first test.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 };
    const skips = new Map<string, Map<string, number>>();
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') count.passed += 1;
        else if (result.state === 'failed') count.failed += 1;
        else {
          count.skipped += 1;
          const reason =
            (result.state === 'skipped' && result.note) || 'They do not apply to this machine or this run.';
          const files = skips.get(reason) ?? new Map<string, number>();
          skips.set(reason, files.set(module.relativeModuleId, (files.get(module.relativeModuleId) ?? 0) + 1));
        }
      }
    }
    process.on('exit', (code) => {
      const failed = code === 0 ? count.failed : Math.max(count.failed, 1);
      const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
      process.stdout.write(`\n${sentences(skips)}${count.passed} passed, ${failed} failed${skipped}\n`);
    });
  }
}

function sentences(skips: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  return [...skips]
    .map(([reason, files]) => {
      const total = [...files.values()].reduce((sum, each) => sum + each, 0);
      const places = [...files].map(([file, each]) => `  ${each} in ${file}\n`).join('');
      return `${total} skipped: ${reason}\n${places}`;
    })
    .join('');
}
