import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { MatrixPart } from './MatrixPart.tsx';

const campaign = {
  ...{ id: '01890000-0000-7000-8000-000000000001', kind: 'county-inspection', title: '对县督导', state: 'open' },
  ...{ revision: 4, opening: null, form: { steps: [{ step: 'statement', from: '2026-11-01', to: '2026-12-15' }] } },
  can: { moveOn: true, extend: true, remind: true },
} as unknown as Campaign;
const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const sessionWith = (permissions: string[]) =>
  ({
    ...{ role: { level: 'city' }, permissions, school: null, unit: null, counties: [], path: [] },
    ...{ person: { id: 'ann', name: '甲' }, post: null },
  }) as unknown as Session;

const rowOf = (at: number, state: MatrixRow['state']) => ({
  ...{
    evaluationId: `01890000-0000-7000-8000-00000000001${at}`,
    countyId: 4,
    schoolId: null,
    name: `对象${at}`,
    state,
  },
  ...{
    lateDays: null,
    answered: 2,
    leaves: 2,
    scored: 2,
    returned: false,
    selfTotal: null,
    selfBetween: null,
    total: null,
    conclusion: null,
  },
  ...{ revision: 7 + at, steps: [] },
});
const rows = [rowOf(1, 'confirmation'), rowOf(2, 'confirmation'), rowOf(3, 'preliminaryOpinion'), rowOf(4, 'closed')];

afterEach(async () => {
  vi.unstubAllGlobals();
  queryClient.clear();
  await page.viewport(1280, 800);
});

/** Draws the matrix; what was asked for is kept, and its standing is what the test says. */
function draw({ permissions = ['evaluation.conclude'], asking = null as object | null } = {}) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (to: RequestInfo | URL, init?: RequestInit) => {
    const path = String(to);
    if (!path.includes('/api/evaluation-acts')) return Response.json({ rows, total: rows.length });
    if (init?.method !== 'POST') return Response.json({ asking });
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: campaign.id, asked: 2 });
  });
  const screen = drawFramed(
    '/',
    { session: sessionWith(permissions), frame },
    <QueryClientProvider client={queryClient}>
      <MatrixPart campaign={campaign} />
    </QueryClientProvider>,
  );
  return { screen, sent };
}

it('what is done with the chosen ones says for how many and what cannot be undone, and sends what was read of each', async () => {
  const { screen, sent } = draw();
  const view = await screen;
  // By the keyboard alone; what has ended is not chosen.
  const wholePage = view.getByRole('button', { name: '选择本页 3 个' });
  await expect.element(wholePage).toBeVisible();
  wholePage.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(view.getByText('已选 3 个对象')).toBeVisible();
  view.getByRole('button', { name: '批量办理' }).element().focus();
  await userEvent.keyboard('{Enter}');
  const dialog = view.getByRole('dialog', { name: '批量办理' });
  await expect.element(dialog.getByText(/对选定的 2 个对象逐个办理.*其余 1 个不在这一步/)).toBeVisible();
  await expect.element(dialog.getByText(/结果生效，不能撤回/)).toBeVisible();
  dialog.getByRole('button', { name: '确认结果（2 个）' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toEqual({
    ...{ campaignId: campaign.id, act: 'confirmResult', statementDue: null },
    evaluations: [1, 2].map((at) => ({ id: rows[at - 1]!.evaluationId, revision: 7 + at })),
  });
  await expect.element(view.getByRole('button', { name: '选择本页 3 个' })).toBeVisible();
  expect(view.getByText(/已选/).elements()).toEqual([]);
});

it('a release asks for the last day of the statement, first that of the timetable', async () => {
  const { screen, sent } = draw();
  const view = await screen;
  await view.getByRole('checkbox', { name: '选择“对象3”' }).click();
  await view.getByRole('button', { name: '批量办理' }).click();
  const dialog = view.getByRole('dialog', { name: '批量办理' });
  await expect.element(dialog.getByText(/不能收回/)).toBeVisible();
  await dialog.getByRole('button', { name: '反馈初步意见（1 个）' }).click();
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ act: 'release', statementDue: '2026-12-15' });
});

it('nothing is offered where nothing can be done together, and nothing to whoever concludes nothing', async () => {
  const judge = await draw({ permissions: ['evaluation.judge'] }).screen;
  await judge.getByRole('checkbox', { name: '选择“对象1”' }).click();
  await judge.getByRole('button', { name: '批量办理' }).click();
  await expect.element(judge.getByText(/现在没有您可以一起办理的事/)).toBeVisible();
  await judge.unmount();
  const reader = await draw({ permissions: [] }).screen;
  await reader.getByRole('checkbox', { name: '选择“对象1”' }).click();
  await expect.element(reader.getByRole('button', { name: '提醒' })).toBeVisible();
  expect(reader.getByRole('button', { name: '批量办理' }).elements()).toEqual([]);
});

it('what was asked for says how far it is, and at the end who was refused and why, on a phone too', async () => {
  const shared = { id: campaign.id, act: 'confirmResult', askedAt: new Date().toISOString(), asked: 60 };
  const running = await draw({ asking: { ...shared, done: 20, left: 40, refused: [] } }).screen;
  await expect
    .element(running.getByRole('progressbar', { name: '正在办理：确认结果' }))
    .toHaveAttribute('aria-valuenow', '20');
  expect(running.getByText(/系统管理员/).elements()).toEqual([]);
  await running.unmount();
  queryClient.clear();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const stuck = await draw({ asking: { ...shared, askedAt: yesterday, done: 20, left: 40, refused: [] } }).screen;
  await expect.element(stuck.getByText(/还有 40 个没有办完.*系统管理员/)).toBeVisible();
  await stuck.unmount();
  queryClient.clear();
  await page.viewport(390, 800);
  const sentence = '结果由您提请，不能由您确认：请由另一位有权的人确认。';
  const refused = [{ evaluationId: rows[0]!.evaluationId, name: '对象1', sentence }];
  const over = await draw({ asking: { ...shared, done: 59, left: 0, refused } }).screen;
  await expect.element(over.getByText(/确认结果，60 个对象办好 59 个，没有办 1 个/)).toBeVisible();
  await expect.element(over.getByText(sentence)).toBeVisible();
  // The boxes are there on a phone.
  await over.getByRole('checkbox', { name: '选择“对象1”' }).click();
  await expect.element(over.getByText('已选 1 个对象')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});

it('a total between two ends takes no more room than a total', async () => {
  const between = { from: '481/6', to: '548/6' };
  const ranged = { ...rows[0]!, selfBetween: between };
  vi.stubGlobal('fetch', async (to: RequestInfo | URL) =>
    Response.json(String(to).includes('/api/evaluation-acts') ? { asking: null } : { rows: [ranged], total: 1 }),
  );
  await page.viewport(1440, 900);
  const screen = await drawFramed(
    '/',
    { session: sessionWith([]), frame },
    <QueryClientProvider client={queryClient}>
      <MatrixPart campaign={campaign} />
    </QueryClientProvider>,
  );
  const total = screen.getByTitle('有指标还没有得分，总分在这两个数之间');
  await expect.element(total).toBeVisible();
  expect(total.element().getBoundingClientRect().width).toBeLessThanOrEqual(72);
});
