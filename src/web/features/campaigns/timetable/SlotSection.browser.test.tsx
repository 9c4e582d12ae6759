import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { SlotSection } from './SlotSection.tsx';

const ids = [1, 2].map((at) => `01890000-0000-7000-8000-00000000001${at}`) as [string, string];
const steps = [{ step: 'siteVisit' as const, from: '2026-12-01', to: '2026-12-31' }];
const campaign = {
  ...{ id: '01890000-0000-7000-8000-000000000001', kind: 'county-inspection', title: '对县督导', revision: 4 },
  form: {
    ...{ title: '对县督导', assessmentYear: 2026, decisionYear: 2026, leadUnitId: 1, partnerUnitId: null, steps },
    rules: { reviewersPerLeaf: 2, blind: true, tolerance: '0.2', combine: 'mean' },
  },
};
const draft = {
  ...{ ...campaign, state: 'draft', can: { edit: true, extend: false } },
  slots: {
    ...{ step: 'siteVisit', sentence: '一个组依次督导 2 个对象，到 2026-12-14 结束。' },
    rows: [
      { subjectId: ids[0], name: '甲县', from: '2026-12-01', to: '2026-12-07' },
      { subjectId: ids[1], name: '乙县', from: '2026-12-08', to: '2026-12-14' },
    ],
  },
} as unknown as Campaign;
const open = { ...campaign, state: 'open', can: { edit: false, extend: true }, slots: null } as unknown as Campaign;
const rows = ids.map((evaluationId, at) => ({
  ...{ evaluationId, name: ['甲县', '乙县'][at], state: 'siteVisit', lateDays: at === 0 ? 2 : null },
  steps: [{ step: 'siteVisit', from: `2026-12-0${at + 1}`, to: `2026-12-0${at + 3}`, doneOn: null, extended: false }],
})) as unknown as MatrixRow[];

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

function draw(drawn: Campaign, evaluations: readonly MatrixRow[] | null) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_to: RequestInfo | URL, init?: RequestInit) => {
    if (init?.body) sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: campaign.id, state: drawn.state, revision: 5 });
  });
  const frame = { years: [], currentYear: null, today: '2026-12-05' } as unknown as Frame;
  const session = {
    ...{ role: { level: 'city' }, permissions: [], school: null, unit: null, counties: [], path: [] },
    ...{ person: { id: 'ann', name: '甲' }, post: null },
  } as unknown as Session;
  const screen = drawFramed(
    '/',
    { session, frame },
    <QueryClientProvider client={queryClient}>
      <SlotSection campaign={drawn} step="siteVisit" evaluations={evaluations} />
    </QueryClientProvider>,
  );
  return { screen, sent };
}

it('a draft shows the days of each subject; another first day takes the last one with it', async () => {
  const { screen, sent } = draw(draft, null);
  const view = await screen;
  await expect.element(view.getByText('一个组依次督导 2 个对象，到 2026-12-14 结束。')).toBeVisible();
  await expect.element(view.getByRole('listitem').nth(1)).toHaveTextContent('乙县');
  await view.getByRole('button', { name: '调整日期' }).click();
  const dialog = view.getByRole('dialog', { name: '各对象的实地督导日期' });
  await expect.element(dialog.getByRole('button', { name: '保存日期' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: '乙县：开始' }).fill('2026-12-15');
  await expect.element(dialog.getByRole('textbox', { name: '乙县：结束' })).toHaveValue('2026-12-21');
  await dialog.getByRole('button', { name: '保存日期' }).click();
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    ...{ revision: 4, steps },
    slots: [
      { subjectId: ids[0], from: '2026-12-01', to: '2026-12-07' },
      { subjectId: ids[1], from: '2026-12-15', to: '2026-12-21' },
    ],
  });
});

it('a campaign that runs shows the days that evaluations have, and changes those of one with a reason', async () => {
  const { screen, sent } = draw(open, rows);
  const view = await screen;
  await expect.element(view.getByRole('button', { name: /甲县.*逾期/ })).toBeVisible();
  view
    .getByRole('button', { name: /乙县.*进行中/ })
    .element()
    .focus();
  await userEvent.keyboard('{Enter}');
  const dialog = view.getByRole('dialog', { name: '乙县：实地督导改期' });
  await dialog.getByRole('textbox', { name: '开始' }).fill('2026-12-09');
  await dialog.getByRole('textbox', { name: '结束' }).fill('2026-12-11');
  await dialog.getByRole('textbox', { name: '原因' }).fill('与市里会议冲突');
  await dialog.getByRole('button', { name: '改期' }).click();
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toEqual({
    ...{ step: 'siteVisit', from: '2026-12-09', to: '2026-12-11', reason: '与市里会议冲突' },
    ...{ revision: 4, evaluationIds: [ids[1]] },
  });
});

it('nobody who may not is offered anything', async () => {
  const view = await draw({ ...open, can: { ...open.can, extend: false } }, rows).screen;
  expect(view.getByRole('button').elements()).toEqual([]);
});

it('without subjects there is nothing to see', async () => {
  const view = await draw(open, null).screen;
  expect(view.getByText('各对象分别在哪几天？').elements()).toEqual([]);
});
