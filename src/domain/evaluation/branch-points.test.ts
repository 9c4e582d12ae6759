import { expect, it } from 'vitest';
import sample from '../../../reference/frameworks/county-inspection-sample.json' with { type: 'json' };
import names from '../../../reference/frameworks/names.json' with { type: 'json' };
import { prepareEdition } from '../framework/edition/prepare-edition.ts';
import type { FrameworkWords } from '../framework/edition/words.ts';
import { exact, toNumber } from '../kit/decimal.ts';
import { branchPoints } from './branch-points.ts';

const words = { fields: [], names: names as FrameworkWords['names'] } as unknown as FrameworkWords;

it('a branch has points once all its leaves have, the sum of them, and until then none', () => {
  const prepared = prepareEdition(sample, { words, hash: () => 'a'.repeat(64) });
  const open = branchPoints(prepared, new Map());
  expect(open.every(({ points }) => points === null)).toBe(true);
  const all = new Map(prepared.leaves.map(({ indicator: { code } }) => [code, '1/3']));
  const judged = branchPoints(prepared, all);
  const [first] = judged;
  const codes = [...all.keys()].filter((code) => {
    for (let at = prepared.byCode.get(code); at; at = at.parent === null ? undefined : prepared.byCode.get(at.parent))
      if (at.code === first!.code) return true;
    return false;
  });
  expect(toNumber(first!.points!)).toBeCloseTo(codes.length / 3, 10);
  expect(first!.max).toEqual(open[0]!.max);
  all.delete(codes[0]!);
  expect(branchPoints(prepared, all)[0]!.points).toBeNull();
  expect(exact(1)).toBeDefined();
});
