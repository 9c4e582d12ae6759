import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { compare, exact, sum } from '../../kit/decimal.ts';
import { generatedLeaves, sharesOf } from './generated-leaves.ts';

describe('leaves made from the problems of last time', () => {
  it('share the points by the largest remainder', () => {
    expect(sharesOf(30, [1, 1, 1, 1, 1, 1, 1], 2)).toEqual([4.29, 4.29, 4.29, 4.29, 4.28, 4.28, 4.28]);
    expect(sharesOf(5, [2, 1], 1)).toEqual([3.3, 1.7]);
    expect(sharesOf(30, [], 2)).toEqual([]);
  });

  it('always add up to the points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        (tenths, weights) => {
          const shares = sharesOf(tenths / 10, weights, 2);
          expect(compare(sum(shares.map((share) => exact(share))), exact(tenths / 10))).toBe(0);
        },
      ),
    );
  });

  it('are scored as any leaf', () => {
    const branch = { code: 'B', parent: null, title: '上轮问题', points: 30 };
    const problems = [{ title: '编制不足', weight: 2 }, { title: '大班额' }];
    const edition = smallEdition([branch, ...generatedLeaves(branch, problems, 2)]);
    expect(figure(score(edition, { 'B-1': { points: 20 }, 'B-2': { points: 4 } }).total)).toBe('24');
  });
});
