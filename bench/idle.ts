import { watchOutage } from '#platform/db/outage.ts';
import { openJobs } from '#platform/jobs/runner.ts';
import { openStatementMeter } from '#test/support/statements/statement-meter.ts';
import { against, type Result } from './result.ts';

/** The number of kinds of jobs that twelve duties may need. */
const kinds = 40;
const seconds = 12;

/**
 * The statements that the job queue sends while nobody asks for anything. A count does not depend on how busy the
 * machine is.
 */
export async function measureIdle(appUrl: string): Promise<Result[]> {
  const silent = { info() {}, warn() {}, error() {} };
  const meter = await openStatementMeter(appUrl);
  const jobs = openJobs({
    appUrl: meter.url,
    jobs: Array.from({ length: kinds }, (_, index) => ({
      name: `bench.kind${index}`,
      title: `第 ${index} 种`,
      retries: 1,
      run: async () => {},
    })),
    log: silent,
    outage: watchOutage(() => silent),
  });
  try {
    await jobs.start();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const before = meter.count;
    // The queue must have sent its first statements: a queue that does not run sends nothing and would look best of
    // all.
    if (before < 3) throw new Error('the queue has not begun to look');
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const what = `statements that the queue sends with ${kinds} kinds of jobs and nothing to do`;
    return [against({ name: 'idle statements', what, unit: '/s' }, (meter.count - before) / seconds, 5)];
  } finally {
    await jobs.stop();
    await meter.close();
  }
}
