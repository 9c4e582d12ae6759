import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import QuestionList from './QuestionList.tsx';

const session = sessionOf('county', ['framework.answer']);
const asking = { key: 'k', edition: '2025', codes: ['C1'], inRules: false };
const row = {
  ...{ name: '事实:常住人口', type: 'number', unit: '人', period: 'calendarYear', periodName: '2025年' },
  askedBy: [
    { ...asking, title: '对县督导测评体系', authority: 'sample', completedBy: '泉州市' },
    { ...asking, key: 'o', title: '评估认定办法', authority: 'official', completedBy: null },
  ],
  ...{ answer: null, earlier: [] },
};

afterEach(async () => {
  await page.viewport(1440, 900);
  vi.unstubAllGlobals();
  queryClient.clear();
});

function draw(can: { readonly answer: boolean }) {
  const reply = {
    ...{ subject: { type: 'unit', id: 1, name: '晋江市' }, rows: [row], frameworks: [], can },
    counts: { total: 1, known: 0, editions: 2 },
  };
  vi.stubGlobal('fetch', async () => Response.json(reply));
  return drawFramed('/', { session, frame: plainFrame }, <QuestionList />);
}

it('each edition that asks a fact is named with its mark', async () => {
  const screen = await draw({ answer: false });
  await expect.element(screen.getByText(/^样本，非官方文本，由泉州市补全/)).toBeVisible();
  await expect.element(screen.getByText(/^官方文本　/)).toBeVisible();
});

it('the buttons stay off the paper, and need no title on a phone', async () => {
  const screen = await draw({ answer: true });
  const answer = screen.getByRole('button', { name: '填报', exact: true });
  await expect.element(answer).toBeVisible();
  expect(answer.element().closest('td')!.className).toBe('screen-only');
  await page.viewport(390, 844);
  await expect.element(screen.getByRole('list', { name: '评估事实' }).getByText('常住人口')).toBeVisible();
  await expect.element(answer).toBeVisible();
  await expect.element(screen.getByText('办理')).not.toBeInTheDocument();
});
