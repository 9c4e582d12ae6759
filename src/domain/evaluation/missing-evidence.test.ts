import { expect, it } from 'vitest';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { evidenceStanding } from './missing-evidence.ts';

const prepared = smallEdition([
  { code: '0', points: 10 },
  indicatorOf('A', '0', 10, {
    method: { kind: 'linear', floor: 0, target: 1, below: 0 },
    formula: '事实:甲',
    evidence: '会议纪要',
  }),
]);
const filled = new Map([['A', { state: 'scored' as const }]]);

it('figures of the office close a leaf; those that the subject typed itself want their evidence', () => {
  const standing = (typed: string[], linked = 0) =>
    evidenceStanding(prepared, filled, new Map([['A', linked]]), new Set(), new Set(typed));
  expect(standing([])).toEqual({ missing: [], closedByData: 1 });
  expect(standing(['A'])).toMatchObject({ missing: [{ code: 'A', asked: '会议纪要' }], closedByData: 0 });
  expect(standing(['A'], 1)).toEqual({ missing: [], closedByData: 0 });
});
