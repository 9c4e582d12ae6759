import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { root } from '../sources.ts';
import SlowFirst, { slowest } from './slow-first.ts';

/** What the order asks of a file and of Vitest; no file was seen before, so the larger goes first. */
function orderOf(files: readonly { readonly project: string; readonly file: string; readonly size: number }[]) {
  const sizes = new Map(files.map(({ project, file, size }) => [`${project}:${file}`, { size }]));
  const cache = { getFileTestResults: () => undefined, getFileStats: (key: string) => sizes.get(key) };
  const specifications = files.map(({ project, file }) => ({
    project: { name: project, config: { isolate: false, sequence: { groupOrder: project === 'browser' ? 1 : 0 } } },
    moduleId: path.join(root, file),
  }));
  return new SlowFirst({ cache, config: { root } } as unknown as Vitest)
    .sort(specifications as unknown as TestSpecification[])
    .then((sorted) => sorted.map(({ moduleId }) => path.relative(root, moduleId)));
}

it('begins each project with its slowest files, the longest first, and then takes the larger before the smaller', async () => {
  const files = [
    { project: 'browser', file: 'test/browser/form.test.ts', size: 10 },
    { project: 'browser', file: 'test/browser/long-lists.test.ts', size: 1 },
    { project: 'browser', file: 'test/browser/pages.test.ts', size: 2 },
    { project: 'server', file: 'src/server/small.test.ts', size: 3 },
    { project: 'server', file: 'src/server/large.test.ts', size: 9 },
    { project: 'server', file: 'src/server/app/remedies.test.ts', size: 1 },
    { project: 'unit', file: 'src/domain/one.test.ts', size: 8 },
  ];
  expect(await orderOf(files)).toEqual([
    'src/server/app/remedies.test.ts',
    'src/server/large.test.ts',
    'src/server/small.test.ts',
    'src/domain/one.test.ts',
    'test/browser/pages.test.ts',
    'test/browser/long-lists.test.ts',
    'test/browser/form.test.ts',
  ]);
});

it('every file that is known as slow is there', () => {
  expect(slowest.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
