import { describe, expect, it } from 'vitest';
import { ProblemError } from '#web/shared/call/problem.ts';
import { exclusionFaults, indicatorFaults, reasonFaults } from './RevisionFaults.tsx';

const issues = [
  { path: 'exclusions[2].when', message: '没有名为“在校人数”的数据项' },
  { path: 'exclusions[2].when', message: '没有名为“在校人数”的数据项' },
  { path: 'indicators[1].limits.primary', message: '应是大于 0 的数' },
];
const refused = { code: 'standard.invalid', kind: 'input', message: '标准有误', reference: 'x' } as const;
const refusal = new ProblemError({ ...refused, details: { issues } }, 422);

describe('the faults of a draft', () => {
  it('stand at the condition that was sent in this place, once, and at no other', () => {
    // The conditions were moved before they were sent: the third was the one with the number 7.
    expect([...exclusionFaults(refusal, [4, 5, 7, 6])]).toEqual([[7, ['没有名为“在校人数”的数据项']]]);
  });

  it('stand at the reason where the reason is what lacks, and not at the condition too', () => {
    const lacking = { path: 'definition.exclusions[3].reason', message: '请填写原因' };
    const one = new ProblemError({ ...refused, details: { issues: [...issues, lacking] } }, 422);
    expect([...reasonFaults(one, [4, 5, 7, 6])]).toEqual([[6, ['请填写原因']]]);
    expect([...exclusionFaults(one, [4, 5, 7, 6]).keys()]).toEqual([7]);
  });

  it('stand at their indicator', () => {
    expect([0, 1, 2].map((index) => indicatorFaults(refusal, index))).toEqual([[], ['应是大于 0 的数'], []]);
    expect(indicatorFaults(null, 1)).toEqual([]);
  });
});
