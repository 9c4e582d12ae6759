import { expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { toNumber } from '../../kit/decimal.ts';
import { branchPoints } from './branch-points.ts';

it('a branch has points once all its leaves have, the sum of them, and until then none', () => {
  const prepared = preparedFramework('county-inspection-sample');
  const open = branchPoints(prepared, new Map());
  // One root: the branches are those below it.
  expect(open.map(({ code }) => code).slice(0, 2)).toEqual(['A1', 'A2']);
  expect(open.every(({ points, max }) => points === null && max !== null)).toBe(true);
  const all = new Map(prepared.leaves.map(({ indicator: { code } }) => [code, '1/3']));
  const isBelow = (code: string, branch: string): boolean => {
    const { parent } = prepared.byCode.get(code)!;
    return parent !== null && (parent === branch || isBelow(parent, branch));
  };
  const leaves = [...all.keys()].filter((code) => isBelow(code, 'A1'));
  const judged = branchPoints(prepared, all);
  expect(toNumber(judged[0]!.points!)).toBeCloseTo(leaves.length / 3, 10);
  expect(judged[0]!.max).toEqual(open[0]!.max);
  all.delete(leaves[0]!);
  expect(branchPoints(prepared, all)[0]!.points).toBeNull();
  expect(branchPoints(prepared, all)[1]!.points).not.toBeNull();
});

it('a branch that is no plain sum goes through the engine', () => {
  const prepared = preparedFramework('strong-county-sample');
  const all = new Map(prepared.leaves.map(({ indicator: { code } }) => [code, '0']));
  expect(branchPoints(prepared, all).length).toBeGreaterThan(1);
});
