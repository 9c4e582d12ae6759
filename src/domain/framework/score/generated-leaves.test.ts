import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { compare, exact, sum } from '../../kit/decimal.ts';
import { generatedLeaves, generatesLeaves, problemAt, sharesOf, withGeneratedLeaves } from './generated-leaves.ts';

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

describe('an edition as one subject has it', () => {
  const branch = { code: 'B', parent: null, title: '上轮问题', points: 4, generatedFrom: 'earlier-findings' } as const;
  const other = { code: 'C', parent: null, title: '其他', points: 6 };
  const edition = (notApplicable: 'rebase' | 'full' | 'zero') => smallEdition([branch, other], { notApplicable });

  it('has a leaf for each problem, and the branch is their sum', () => {
    const own = withGeneratedLeaves(edition('rebase'), [{ title: '编制不足' }, { title: '大班额' }, { title: '经费' }]);
    expect(own.leaves.map(({ indicator: { code, points } }) => [code, points])).toEqual([
      ['B-1', 1.34],
      ['B-2', 1.33],
      ['B-3', 1.33],
      ['C', 6],
    ]);
    expect(own.leaves.map(({ at }) => own.order[at]!.code)).toEqual(['B-1', 'B-2', 'B-3', 'C']);
    const given = { 'B-1': { points: 1.34 }, 'B-2': { points: 0 }, 'B-3': { points: 1.33 }, C: { points: 5 } };
    expect(figure(score(own, given).total)).toBe('7.67');
    expect(['B-1', 'B-3', 'C'].map((code) => problemAt(own, code))).toEqual([0, 2, undefined]);
  });

  it.each([
    ['rebase', '10'],
    ['full', '10'],
    ['zero', '6'],
  ] as const)('without problems counts the branch as what does not apply: %s', (policy, total) => {
    const own = withGeneratedLeaves(edition(policy), []);
    expect(own.leaves.map(({ indicator }) => indicator.code)).toEqual(['B', 'C']);
    expect(figure(score(own, { C: { points: 6 } }).total)).toBe(total);
  });

  it('stays what it is where it generates nothing, and takes no code twice', () => {
    const plain = smallEdition([{ code: 'C', parent: null, title: '其他', points: 6 }]);
    expect(generatesLeaves(plain)).toBe(false);
    expect(withGeneratedLeaves(plain, [{ title: '大班额' }])).toBe(plain);
    const twice = smallEdition([branch, { ...other, code: 'B-1' }]);
    const codes = withGeneratedLeaves(twice, [{ title: '大班额' }]).leaves.map(({ indicator }) => indicator.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
