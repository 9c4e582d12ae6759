import { expect, it } from 'vitest';
import { type ComparedLeaf, isDropped, leafText, leftText, totalText } from './earlier.words.ts';

const max = { before: '5', now: '10' };
const leaf = (way: ComparedLeaf['city']['way']): ComparedLeaf['city'] => ({
  ...{ before: '4', now: null, state: 'unanswered', way },
});

it('says a total, or the ends between which it lies', () => {
  expect(totalText({ total: '86.3', from: null, to: null }, 100)).toBe('86.3 / 100 分');
  expect(totalText({ total: null, from: '40', to: '90' }, 100)).toBe('40 至 90 分（还有未定的项）');
  expect(totalText({ total: null, from: null, to: null }, null)).toBe('没有总分');
  expect(totalText({ total: null, from: null, to: null }, 100)).toBe('未定');
});

it('says a leaf before and now, and never an unknown one as zero', () => {
  expect(leafText({ ...leaf('answer'), now: '8', state: 'scored' }, max)).toBe('4 / 5 → 8 / 10');
  expect(leafText(leaf('otherScale'), max)).toBe('4 / 5 → 未定');
  expect(leafText({ ...leaf('unmatched'), before: null, state: 'notApplicable' }, max)).toBe('— → 不适用');
});

it('names a leaf of which nothing counts in either layer, and an earlier one that is gone', () => {
  const both = (self: ComparedLeaf['city']['way'], city: ComparedLeaf['city']['way']): ComparedLeaf => ({
    ...{ code: 'C1', title: '校园文化', from: null, max, self: leaf(self), city: leaf(city) },
  });
  expect([isDropped(both('unmatched', 'unmatched')), isDropped(both('answer', 'otherScale'))]).toEqual([true, false]);
  expect(leftText({ code: 'C7', title: '校园文化', max: '4', self: '3', city: null })).toBe(
    'C7 校园文化：自评 3，市级评分 没有得分（满分 4）',
  );
});
