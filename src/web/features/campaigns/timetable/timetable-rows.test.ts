import { describe, expect, it } from 'vitest';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import { timetableRows } from './timetable-rows.ts';

const days = [
  { step: 'notice', from: '2026-12-01', to: '2026-12-07' },
  { step: 'selfEvaluation', from: '2026-12-08', to: '2027-01-16' },
  { step: 'materialReview', from: '2027-01-17', to: '2027-02-05' },
] as const;
const standing = (state: EvaluationState, lateDays: number | null = null, to = '2027-01-16') => ({
  ...{ state, lateDays },
  steps: [{ step: 'selfEvaluation' as const, to, doneOn: null }],
});
const rows = (...evaluations: ReturnType<typeof standing>[]) =>
  timetableRows('county-inspection', days, '2027-01-10', evaluations);

describe('the timetable as bars', () => {
  it('a step is done once nobody stands before it or in it', () => {
    expect(rows(standing('selfEvaluation'), standing('materialReview')).map(({ tone }) => tone)).toEqual([
      'done',
      'now',
      'now',
    ]);
    expect(rows(standing('materialReview'), standing('closed')).map(({ tone }) => tone)).toEqual([
      'done',
      'done',
      'now',
    ]);
  });

  it('a step is late where one of those in it is, and says how many stand there', () => {
    const [, self] = rows(standing('selfEvaluation', 3), standing('selfEvaluation'));
    expect(self).toMatchObject({ tone: 'late', note: '2 个' });
  });

  it('shows how far some were extended beyond the campaign', () => {
    expect(rows(standing('selfEvaluation', null, '2027-01-30'))[1]).toMatchObject({ extendedTo: '2027-01-30' });
    expect(rows(standing('selfEvaluation'))[1]?.extendedTo).toBeUndefined();
  });

  it('whoever was cancelled holds no step up', () => {
    expect(rows(standing('cancelled'), standing('closed')).map(({ tone }) => tone)).toEqual(['done', 'done', 'done']);
  });

  it('a draft has begun nothing', () => {
    const drafted = timetableRows('county-inspection', days, '2026-12-10', null);
    expect(drafted.map(({ tone }) => tone)).toEqual(['ahead', 'ahead', 'ahead']);
  });
});
