import { describe, expect, it } from 'vitest';
import { laidOut, lengthsOf } from './step-lengths.ts';

const steps = [
  { step: 'notice' as const, from: '2026-12-01', to: '2026-12-07' },
  { step: 'selfEvaluation' as const, from: '2026-12-08', to: '2026-12-27' },
];

describe('the days of a draft', () => {
  it('a longer step moves all later ones, and leaves no gap', () => {
    expect(lengthsOf(steps)).toEqual([7, 20]);
    expect(laidOut(steps, '2026-12-01', [10, 20])).toEqual([
      { step: 'notice', from: '2026-12-01', to: '2026-12-10' },
      { step: 'selfEvaluation', from: '2026-12-11', to: '2026-12-30' },
    ]);
  });

  it('another beginning moves everything as it is', () => {
    expect(laidOut(steps, '2027-02-20', lengthsOf(steps))[1]).toEqual({
      ...{ step: 'selfEvaluation', from: '2027-02-27', to: '2027-03-18' },
    });
  });

  it('a step has at least a day', () => {
    expect(laidOut(steps, '2026-12-01', [0, 1])[0]).toMatchObject({ from: '2026-12-01', to: '2026-12-01' });
  });
});
