import { expect, it } from 'vitest';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Leaf } from './leaf/leaf.store.ts';
import { lacksAt } from './self.act.ts';

it('where single leaves were sent back, what the locked ones lack bars nobody', () => {
  const prepared = smallEdition([{ code: '0', points: 20 }, indicatorOf('A', '0', 10), indicatorOf('B', '0', 10)]);
  const leaf = (code: string) =>
    ({
      code,
      origin: 'person',
      applies: true,
      note: '',
      facts: [],
      self: { answer: null, points: null },
    }) as unknown as Leaf;
  const leaves = [leaf('A'), leaf('B')];
  const codes = (open?: readonly string[]) => lacksAt(prepared, leaves, open).map(({ code }) => code);
  expect(codes()).toEqual(['A', 'B']);
  expect(codes(['A'])).toEqual(['A']);
});
