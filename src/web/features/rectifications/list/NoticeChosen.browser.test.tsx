import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Toasts } from '#web/shared/kit/feedback/Toasts.tsx';
import { toast, toastStore } from '#web/shared/kit/feedback/toast.ts';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import type { Session } from '#web/shared/session/session.tsx';
import { NoticeChosen } from './NoticeChosen.tsx';
import { OneNotice } from './NoticeDialog.tsx';
import { type Chosen, useChosen } from './useChosen.ts';

const frame = {
  ...{ years: [{ schoolYear: 2025, state: 'open' }], currentYear: 2025, today: '2025-11-30' },
} as unknown as Frame;
const session = {
  ...{ role: { level: 'county' }, school: null, unit: null, counties: [], path: [] },
  ...{ person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;

const finding = (at: number, more: object = {}) =>
  ({
    ...{
      id: `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      title: `问题${at}`,
      duty: { name: '一小' },
      revision: at,
      dueOn: null,
    },
    ...{ state: 'found', can: { notice: true }, ...more },
  }) as unknown as Chosen;
const rows = [finding(1), finding(2), finding(3, { can: { notice: false } })];

function Choosing({ rows: shown = rows }: { rows?: readonly Chosen[] }) {
  const choosing = useChosen();
  return (
    <QueryClientProvider client={queryClient}>
      <NoticeChosen choosing={choosing} rows={shown} />
      <Toasts />
    </QueryClientProvider>
  );
}

function Filtered() {
  const choosing = useChosen();
  const [shown, setShown] = useState(rows);
  return (
    <QueryClientProvider client={queryClient}>
      <NoticeChosen choosing={choosing} rows={shown} />
      <button type="button" onClick={() => setShown([finding(4)])}>
        筛选
      </button>
    </QueryClientProvider>
  );
}

const drawOne = (of: Chosen, more: Partial<Parameters<typeof OneNotice>[0]> = {}) =>
  drawFramed(
    '/',
    { session, frame },
    <QueryClientProvider client={queryClient}>
      <OneNotice finding={of} letter={false} onClose={() => undefined} {...more} />
      <Toasts />
    </QueryClientProvider>,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of toastStore.read()) toast.close(id);
});

it('says when as many are chosen as are sent out together', async () => {
  const many = Array.from({ length: 201 }, (_, at) => finding(at + 1));
  const screen = await drawFramed('/', { session, frame }, <Choosing rows={many} />);
  await screen.getByRole('button', { name: '选中本页待下发的 201 个' }).click();
  await expect.element(screen.getByText('已选满 200 个')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '下发选中的 200 个' })).toBeVisible();
});

it('sends what may be sent out, in one act, and names what was not sent', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_address: unknown, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    const refused = [{ findingId: rows[1]!.id, title: '问题2', message: '已有变动' }];
    return Response.json({ done: 1, letters: 1, refused });
  });
  const screen = await drawFramed('/', { session, frame }, <Choosing />);
  await screen.getByRole('button', { name: '选中本页待下发的 2 个' }).click();
  await screen.getByRole('button', { name: '下发选中的 2 个' }).click();
  await screen.getByRole('checkbox', { name: '同时拟整改通知书' }).click();
  await screen.getByRole('button', { name: '下发 2 个', exact: true }).click();
  const findings = [1, 2].map((at) => ({ findingId: rows[at - 1]!.id, revision: at }));
  await expect.poll(() => sent).toEqual([{ findings, letter: true }]);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('没有下发：问题2：已有变动');
  // Nothing is chosen any more.
  await expect.element(screen.getByRole('button', { name: '选中本页待下发的 2 个' })).toBeVisible();
  // Of the letters somebody has to know: they wait as drafts.
  await expect.element(screen.getByText('已下发 1 个问题，已拟 1 份整改通知书')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '去看草稿', exact: true })).toBeVisible();
});

it('says what is chosen that the filter of the list hides', async () => {
  const screen = await drawFramed('/', { session, frame }, <Filtered />);
  await screen.getByRole('button', { name: '选中本页待下发的 2 个' }).click();
  expect(screen.getByRole('status').query()).toBe(null);
  await screen.getByRole('button', { name: '筛选' }).click();
  await expect
    .element(screen.getByRole('status'))
    .toHaveTextContent('选中的有 2 个不在这一页或不符合筛选：问题1、问题2');
});

it('sends one out from its page with a day and a letter, as several are', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_address: unknown, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: rows[0]!.id, state: 'noticed', revision: 2, dueOn: '2025-12-20' });
  });
  const closed = vi.fn();
  const screen = await drawOne(rows[0]!, { letter: true, onClose: closed });
  await screen.getByLabelText('完成时限').fill('2025-12-20');
  await screen.getByRole('button', { name: '下发并拟通知书' }).click();
  await expect.poll(() => sent).toEqual([{ revision: 1, letter: true, dueOn: '2025-12-20' }]);
  await expect.element(screen.getByText('已下发，完成时限 2025-12-20，已拟 1 份整改通知书')).toBeVisible();
  expect(closed).toHaveBeenCalledOnce();
});

it('proposes the day that the source demanded, and says which day holds without another', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_address: unknown, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: rows[0]!.id, state: 'noticed', revision: 2, dueOn: '2026-06-30' });
  });
  const screen = await drawOne(finding(1, { dueOn: '2026-06-30' }));
  await expect.element(screen.getByLabelText('完成时限')).toHaveValue('2026-06-30');
  await expect.element(screen.getByText('要求 2026-06-30，可以另定')).toBeVisible();
  await screen.getByRole('button', { name: '下发', exact: true }).click();
  await expect.poll(() => sent).toEqual([{ revision: 1, letter: false, dueOn: '2026-06-30' }]);
});

it('proposes no day that has passed', async () => {
  const screen = await drawOne(finding(1, { dueOn: '2025-11-01' }));
  await expect.element(screen.getByLabelText('完成时限')).toHaveValue('');
  await expect.element(screen.getByText('要求的 2025-11-01 已过')).toBeVisible();
});

it('a row behind a column of boxes is opened by its name', async () => {
  const screen = await drawFramed(
    '/',
    { session, frame },
    <DataTable
      caption="表"
      rows={[{ id: 1 }]}
      rowKey={({ id }) => id}
      href={() => ({ to: '/' })}
      columns={[
        { key: 'choose', title: '选择', picks: true, cell: () => <input type="checkbox" aria-label="选" /> },
        { key: 'title', title: '问题', fact: 1, cell: () => '通道堆放' },
      ]}
    />,
  );
  await expect.element(screen.getByRole('link', { name: '通道堆放' })).toBeVisible();
  expect(screen.getByRole('checkbox', { name: '选' }).element().closest('a')).toBe(null);
});
