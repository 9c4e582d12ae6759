import { expect, it } from 'vitest';
import { partOf } from './evaluation.search.ts';

it('a link to a leaf leads to the leaf, also where the page begins with the opinion', () => {
  const parts = ['leaves', 'opinion', 'course'] as const;
  expect(partOf({}, parts, 'opinion')).toBe('opinion');
  expect(partOf({ node: 'C2' }, parts, 'opinion')).toBe('leaves');
  expect(partOf({ part: 'course', node: 'C2' }, parts, 'opinion')).toBe('course');
  expect(partOf({ part: 'missing' }, parts, 'opinion')).toBe('opinion');
});
