import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { MatrixRow } from '../campaign-reply.ts';
import { StepCell } from './StepCell.tsx';

const step = 'selfEvaluation';
const rowOf = (own: Partial<MatrixRow['steps'][number]>, more: Partial<MatrixRow> = {}): MatrixRow => ({
  ...{ evaluationId: 'e', countyId: 4, schoolId: null, name: '丰泽区', state: step, lateDays: null },
  ...{ answered: 1, leaves: 2, scored: 0, returned: false, selfTotal: null, selfBetween: null },
  ...{ total: null, conclusion: null, revision: 1 },
  steps: [{ step, from: '2026-12-08', to: '2027-01-16', doneOn: null, extended: false, ...own }],
  ...more,
});

it('says until when a step runs, when it was done, and that it is late', async () => {
  const running = await render(<StepCell row={rowOf({})} step={step} usual="2027-01-16" />);
  await expect.element(running.getByText('01-16')).toHaveTextContent('自评中01-16');
  const done = await render(<StepCell row={rowOf({ doneOn: '2027-01-10' })} step={step} usual="2027-01-16" />);
  await expect.element(done.getByText('01-10')).toHaveTextContent('已完成01-10');
  const late = await render(<StepCell row={rowOf({}, { lateDays: 3 })} step={step} usual="2027-01-16" />);
  await expect.element(late.getByText('逾期')).toBeInTheDocument();
});

it('marks a day as extended where it is not that of the campaign, and not where all were extended', async () => {
  const own = { extended: true, to: '2027-01-26' };
  const alone = await render(<StepCell row={rowOf(own)} step={step} usual="2027-01-16" />);
  await expect.element(alone.getByText('延')).toBeVisible();
  await alone.unmount();
  const all = await render(<StepCell row={rowOf(own)} step={step} usual="2027-01-26" />);
  await expect.element(all.getByText('01-26')).toBeVisible();
  expect(all.getByText('延').elements()).toEqual([]);
});

it('a step that a subject does not have is no missing date', async () => {
  const screen = await render(<StepCell row={rowOf({})} step="countyReview" usual={undefined} />);
  await expect.element(screen.getByRole('note')).toHaveAccessibleName('无数据：这个对象没有这一步');
});
