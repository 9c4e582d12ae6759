import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { Questions } from './Questions.tsx';

const evaluation = { id: '01890000-0000-7000-8000-000000000001' } as unknown as Evaluation;
const session = sessionOf('county');

const row = (yearsBack: number, period: string) => ({
  ...{ name: '事实:小学生均教育支出增长率', yearsBack, period, type: 'number', unit: '%', elsewhere: 0 },
  ...{ title: null, value: null, answer: null, codes: ['C21'], inRules: false, mayEnter: true },
});

afterEach(async () => {
  vi.unstubAllGlobals();
  queryClient.clear();
  await page.viewport(1440, 900);
});

it('on a phone each fact shows its year and is entered without opening the rest', async () => {
  await page.viewport(390, 844);
  vi.stubGlobal('fetch', async () => Response.json({ rows: [row(0, '2026 年'), row(1, '2025 年')] }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Questions evaluation={evaluation} />);
  await expect.element(screen.getByText(/年度 2026 年/)).toBeVisible();
  await expect.element(screen.getByText(/年度 2025 年/)).toBeVisible();
  for (const button of screen.getByRole('button', { name: /^填写/ }).elements()) expect(button).toBeVisible();
  expect(screen.getByRole('button', { name: /^填写/ }).elements()).toHaveLength(2);
});

it('the button of each fact is named by what it shows, the year and the fact', async () => {
  const answer = { document: '年报', asOf: '2025-12-31', enteredBy: '甲', enteredAt: '2026-11-01T02:00:00.000Z' };
  const rows = [row(0, '2026 年'), { ...row(1, '2025 年'), value: '3.1', answer }];
  vi.stubGlobal('fetch', async () => Response.json({ rows }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Questions evaluation={evaluation} />);
  const fact = '小学生均教育支出增长率';
  await expect
    .element(screen.getByRole('button', { name: `填写 2026 年${fact}`, exact: true }))
    .toHaveTextContent('填写');
  await expect
    .element(screen.getByRole('button', { name: `更正 2025 年${fact}`, exact: true }))
    .toHaveTextContent('更正');
});
