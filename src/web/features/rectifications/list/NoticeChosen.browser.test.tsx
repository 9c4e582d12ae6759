import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import { NoticeChosen } from './NoticeChosen.tsx';
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
    },
    ...{ state: 'found', can: { notice: true }, ...more },
  }) as unknown as Chosen;
const rows = [finding(1), finding(2), finding(3, { can: { notice: false } })];

function Choosing({ rows: shown = rows }: { rows?: readonly Chosen[] }) {
  const choosing = useChosen();
  return (
    <QueryClientProvider client={queryClient}>
      <NoticeChosen choosing={choosing} rows={shown} />
    </QueryClientProvider>
  );
}

afterEach(() => vi.unstubAllGlobals());

it('says when as many are chosen as are sent out together', async () => {
  const many = Array.from({ length: 201 }, (_, at) => finding(at + 1));
  const screen = await drawFramed('/', { session, frame }, <Choosing rows={many} />);
  await screen.getByRole('button', { name: '选中本页待下发的 201 个' }).click();
  await expect.element(screen.getByRole('status')).toHaveTextContent('已选满 200 个');
  await expect.element(screen.getByRole('button', { name: '下发选中的 200 个' })).toBeVisible();
});

it('sends what may be sent out, in one act, and names what was not sent', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_address: unknown, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    const refused = [{ findingId: rows[1]!.id, title: '问题2', message: '已有变动' }];
    return Response.json({ done: 1, refused });
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
});
