import { expect, it } from 'vitest';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Leaf } from './leaf/leaf.store.ts';
import { answeredOf, lacksAt } from './unit-leaves.shape.ts';

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

it('of whoever sees a part, and of whoever judges blind, the answered leaves are counted among those that are there', () => {
  const leaf = (code: string, change: object) =>
    ({
      ...{ code, origin: 'person', applies: true, note: '', facts: [], answeredAt: null },
      ...{ self: { answer: null, points: null }, ...change },
    }) as unknown as Leaf;
  const given = { self: { answer: { given: { points: 5 } }, points: '5' }, answeredAt: '2025-10-01T00:00:00Z' };
  expect(answeredOf([leaf('A', given)])).toBe(1);
  expect(answeredOf([leaf('A', {})])).toBe(0);
  const hidden = { self: undefined, answeredAt: '2025-10-01T00:00:00Z' };
  expect(answeredOf([leaf('A', hidden), leaf('B', { self: undefined })])).toBe(1);
});
