import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { productFiles } from '#test/support/feature-names.ts';
import { features } from '../../../src/server/app/features.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** How often the files of a feature write out the audit row of a kind of object. */
function writtenOut(feature: string): Map<string, number> {
  const files = productFiles().filter((file) => file.startsWith(`src/server/features/${feature}/`));
  const kinds = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/objectType: '([a-z-]+)'/g)].map(([, kind]) => kind!),
  );
  return new Map(kinds.map((kind) => [kind, kinds.filter((one) => one === kind).length]));
}

it('a feature with three acts on one kind of object writes their audit rows by one function', () => {
  const found = features.flatMap(({ name }) => [...writtenOut(name)].map(([kind, times]) => ({ name, kind, times })));
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter(({ times }) => times > 2)).toEqual([]);
});
