import { expect, it } from 'vitest';
import { codeOf, productFiles } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';

/** How often the files of a feature write out the audit row of a kind of object. */
function writtenOut(feature: string): Map<string, number> {
  const files = productFiles(`src/server/features/${feature}/`);
  const kinds = files.flatMap((file) =>
    [...codeOf(file).matchAll(/objectType: '([a-z-]+)'/g)].map(([, kind]) => kind!),
  );
  return new Map(kinds.map((kind) => [kind, kinds.filter((one) => one === kind).length]));
}

it('a feature with three acts on one kind of object writes their audit rows by one function', () => {
  const found = features.flatMap(({ name }) => [...writtenOut(name)].map(([kind, times]) => ({ name, kind, times })));
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter(({ times }) => times > 2)).toEqual([]);
});
