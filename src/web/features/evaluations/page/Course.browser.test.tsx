import { expect, it } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import { Course } from './Course.tsx';

const session = sessionOf('county');
const evaluation = {
  ...{ id: '01890000-0000-7000-8000-000000000001', title: '履行教育职责督导', assessmentYear: 2025, steps: [] },
  decisionYear: 2026,
  ...{ state: 'selfEvaluation', letters: { notice: null, opinion: null, result: null }, history: [], totals: [] },
  edition: { key: 'county-inspection-sample', revision: 1, title: '测评体系' },
  ...{ readEditionAt: null, province: [], lastFindings: [], can: { enterProvince: false } },
} as unknown as Evaluation;
const draw = (of: Evaluation) => drawFramed('/', { session, frame: plainFrame }, <Course evaluation={of} />);
const title = '上一轮没有对应指标的问题';

it('what the last round found at no leaf stands with the year and how far its mending was', async () => {
  const found = { title: '队伍建设薄弱', state: '已销号', year: 2024, closedOn: '2025-06-30' };
  const screen = await draw({
    ...evaluation,
    lastFindings: [found, { ...found, title: '投入不足', state: '整改中', closedOn: null }],
  });
  await expect.element(screen.getByRole('heading', { name: title })).toBeVisible();
  await expect.element(screen.getByText('2024 年：队伍建设薄弱（已销号，2025-06-30）')).toBeVisible();
  await expect.element(screen.getByText('2024 年：投入不足（整改中）')).toBeVisible();
});

it('and nothing is said where there is none', async () => {
  const screen = await draw(evaluation);
  await expect.element(screen.getByRole('heading', { name: '依据和公文' })).toBeVisible();
  expect(screen.getByText(title).elements()).toEqual([]);
});

it('the year in which the result is confirmed stands beside the one that is assessed', async () => {
  const screen = await draw(evaluation);
  await expect.element(screen.getByText('2025 年', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('2026 年', { exact: true })).toBeVisible();
});
