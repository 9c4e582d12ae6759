import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, of each project the longest first. Where Vitest has not yet seen a run it begins with the
 * largest file, and some of the slowest are small: one worker was still in them when nothing was left for the other.
 */
export const slowest: readonly string[] = [
  // browser
  'test/browser/pages.test.ts',
  'test/browser/evaluation-journey.test.ts',
  'test/browser/newcomer.test.ts',
  'test/browser/filing-journey.test.ts',
  'test/browser/long-lists.test.ts',
  // server
  'test/faults/killed-evaluations.test.ts',
  'test/house/equality/equality.test.ts',
  'src/server/app/remedies.test.ts',
  'src/server/app/operations/backup/backup.test.ts',
  'test/house/access/lines-of-work.test.ts',
  'test/house/access/matrix.test.ts',
  'src/server/platform/documents/workbook.test.ts',
  'test/faults/start-and-stop.test.ts',
  'test/faults/outage.test.ts',
  'test/faults/troubled-machine.test.ts',
  'test/faults/killed-server.test.ts',
  'test/faults/embedded-recovery.test.ts',
  'src/sample/seed/seed.test.ts',
  'src/server/platform/jobs/idle.test.ts',
  'test/house/features/delete.test.ts',
  // unit
  'test/support/files/likeness/recycled.test.ts',
  'test/support/browser/without-browser.test.ts',
];

/** Vitest's own order, with the slowest files of each project before the others. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { root } = this.ctx.config;
    // A project's files stay where Vitest put the project: it closes a worker when the next file is of another.
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name);
      return [...own].sort((one, other) => rankOf(root, one) - rankOf(root, other));
    });
  }
}

function rankOf(root: string, { moduleId }: TestSpecification): number {
  const at = slowest.indexOf(path.relative(root, moduleId).replaceAll(path.sep, '/'));
  return at < 0 ? slowest.length : at;
}
