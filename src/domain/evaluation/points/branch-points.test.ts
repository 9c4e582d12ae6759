import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { toNumber, zero } from '../../kit/decimal.ts';
import { missing } from '../../kit/value.ts';
import { branchPoints } from './branch-points.ts';
import { type LayerPoint, readExactPoints, scoreLayer } from './score.ts';

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
  // 湖北省幼儿园: each branch is of 100 points and has a weight in the total.
  const prepared = preparedFramework('kindergarten-hubei-2016');
  const all = new Map(prepared.leaves.map(({ indicator: { code } }) => [code, '2']));
  expect(
    branchPoints(prepared, all).map(({ code, points, max }) => [
      code,
      points && toNumber(points),
      max && toNumber(max),
    ]),
  ).toEqual([
    ['A1', 36, 100],
    ['A2', 24, 100],
    ['A3', 10, 100],
    ['A4', 4, 100],
    ['A5', 20, 100],
  ]);
});

describe('a leaf that does not apply', () => {
  const whole = preparedFramework('quality-school-sample');
  const out = new Set(['C10', 'C30']);

  it.each(['rebase', 'full', 'zero'] as const)('counts in its branch as the edition says: %s', (notApplicable) => {
    const prepared = { ...whole, edition: { ...whole.edition, notApplicable } };
    const given = new Map(
      prepared.leaves.flatMap(({ indicator: { code, points } }): [string, string][] =>
        out.has(code) ? [] : [[code, typeof points === 'number' ? String(points / 2) : '1']],
      ),
    );
    const layer = new Map<string, LayerPoint>(
      prepared.leaves.map(({ indicator: { code } }) => [
        code,
        out.has(code)
          ? { points: null, answer: { notApplicable: true } }
          : { points: readExactPoints(given.get(code)!), answer: null },
      ]),
    );
    const facts = { read: (name: string) => missing('not-filed', [name]), members: () => [] };
    const { nodes } = scoreLayer({ prepared, facts, context: {} }, layer);
    const judged = branchPoints(prepared, given, out);
    const engine = judged.map(({ code }) => nodes.find((node) => node.code === code));
    expect(judged.map(({ points, max }) => [points, max])).toEqual(
      engine.map((node) => [node?.points ?? null, node?.max ?? null]),
    );
    expect(judged.every(({ points }) => points !== null)).toBe(true);
  });

  it('leaves a branch without points of which nothing applies', () => {
    const prepared = preparedFramework('quality-school-sample');
    const [first] = branchPoints(prepared, new Map());
    const isBelow = (code: string): boolean => {
      const { parent } = prepared.byCode.get(code)!;
      return parent === first!.code || (parent !== null && isBelow(parent));
    };
    const below = prepared.leaves.map(({ indicator: { code } }) => code).filter(isBelow);
    expect(branchPoints(prepared, new Map(), new Set(below))[0]).toEqual({ ...first, points: null, max: zero });
  });
});
