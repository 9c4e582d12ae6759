import { expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { sum, toNumber } from '../../kit/decimal.ts';
import { partBranches } from './part-branches.ts';

it('a branch is worth to a part of the leaves what these are worth together, and the root the sum of them', () => {
  const prepared = preparedFramework('county-inspection-sample');
  const leaves = prepared.leaves.map(({ indicator }) => indicator).filter((_, at) => at % 3 === 0);
  const part = partBranches(
    prepared,
    leaves.map(({ code }) => ({ code, applies: null })),
  );
  const [root] = prepared.order;
  expect(part.get(root!.code)!.leaves).toEqual(leaves.map(({ code }) => code));
  expect(part.get(root!.code)!.max).toEqual(sum(leaves.map((leaf) => maxOf(leaf)!)));
  const all = partBranches(
    prepared,
    prepared.leaves.map(({ indicator: { code } }) => ({ code, applies: true })),
  );
  expect(toNumber(all.get(root!.code)!.max)).toBe(100);
});

it('a leaf that does not apply is worth nothing where the edition leaves it out', () => {
  const prepared = preparedFramework('county-inspection-sample');
  const { code, parent } = prepared.leaves[0]!.indicator;
  const worth = (applies: boolean) => toNumber(partBranches(prepared, [{ code, applies }]).get(parent!)!.max);
  expect(worth(true)).toBe(toNumber(maxOf(prepared.leaves[0]!.indicator)!));
  expect(worth(false)).toBe(prepared.edition.notApplicable === 'rebase' ? 0 : worth(true));
});

it('a branch that is no plain sum is worth nothing to a part that could be named', () => {
  // 湖北省幼儿园: each branch is of 100 points and has a weight in the total.
  const prepared = preparedFramework('kindergarten-hubei-2016');
  const part = partBranches(prepared, [{ code: prepared.leaves[0]!.indicator.code, applies: true }]);
  expect(part.has('A1')).toBe(false);
});
