import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { queryClient } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { toastStore } from '#web/shared/kit/feedback/toast.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { TrackActs } from './TrackActs.tsx';
import { lookingAgain, type Track } from './track-reply.ts';
import { useReportTexts } from './useReportTexts.ts';

function Acts({ track }: { track: Track }) {
  return <TrackActs track={track} writing={useReportTexts(track)} />;
}

const settled = { raised: 3, settled: 3, cancelled: 0, noticed: 3, late: 0 };

function draw(ledger: Track['ledger'], more: Partial<Track> = {}) {
  const track = {
    ...{ id: '01890000-0000-7000-8000-000000000001', countyId: 3, countyName: '洛江区', year: 2025, revision: 4 },
    ...{ ledger, can: { close: true, confirm: true, cancel: true }, run: { provisional: false }, ...more },
  } as unknown as Track;
  const component = () => (
    <QueryClientProvider client={queryClient}>
      <SessionProvider session={{ person: { id: 'ann', name: '甲' }, post: null } as Partial<Session> as Session}>
        <Acts track={track} />
        <Questions />
      </SessionProvider>
    </QueryClientProvider>
  );
  const router = createRouter({ routeTree: createRootRoute({ component }), history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

afterEach(() => vi.unstubAllGlobals());

it('leads to the ledger first while issues wait to be sent out, and holds the end of the year back until they are settled', async () => {
  const screen = await draw({ raised: 3, settled: 0, cancelled: 0, noticed: 1, late: 0 });
  const out = screen.getByRole('link', { name: '去下发 2 个问题' });
  await expect
    .element(out)
    .toHaveAttribute(
      'href',
      '/findings?state=found&unit=3&source=balance-tracking&sourceId=01890000-0000-7000-8000-000000000001',
    );
  const look = (name: string) => screen.getByRole('button', { name }).element().className;
  expect(look('办结本年度')).toBe(look('取消跟踪'));
  await screen.unmount();

  const ended = await draw(settled);
  await expect.element(ended.getByRole('button', { name: '确认整改完成' })).toBeVisible();
  expect(ended.getByRole('link').elements()).toEqual([]);
  const plain = ended.getByRole('button', { name: '办结本年度' }).element().className;
  expect(plain).not.toBe(ended.getByRole('button', { name: '取消跟踪' }).element().className);
});

it('goes on from its own act without waiting for the page to be read anew', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (address: unknown, init: RequestInit) => {
    if (init.method !== 'POST') return new Promise(() => undefined);
    sent.push([String(address).split('/').at(-1), JSON.parse(String(init.body))]);
    return Response.json({ id: '01890000-0000-7000-8000-000000000001', state: 'rectified-confirmed', revision: 5 });
  });
  const screen = await draw(settled);
  await screen.getByRole('button', { name: '确认整改完成' }).click();
  await expect.poll(() => sent).toEqual([['confirmation', { revision: 4 }]]);
  const offered = () => toastStore.read().flatMap(({ text, action }) => (action === undefined ? [] : [text]));
  await expect.poll(offered).toEqual(['已确认整改完成']);
  await screen.getByRole('button', { name: '办结本年度' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: '办结本年度' }).click();
  await expect.poll(() => sent.slice(1)).toEqual([['closing', { revision: 5 }]]);
  // What stands on the confirmation takes away the offer to take it back.
  await expect.poll(() => toastStore.read().map(({ text }) => text)).toEqual(['已办结']);
});

it.each([
  ['复核通过', { accept: true }],
  ['提交自评报告', { submit: true }],
  ['送主任审核', { prepare: true }],
  ['办结本年度', { close: true }],
] as const)('says before %s that the computation is not final', async (verb, can) => {
  const provisional = { provisional: true } as Track['run'];
  const screen = await draw(settled, { run: provisional, can: can as unknown as Track['can'] });
  await screen.getByRole('button', { name: verb }).click();
  const asked = screen.getByRole('dialog');
  await expect.element(asked).toHaveTextContent('本平台测算还是暂定的：有学校还没有数据');
  await expect.element(asked.getByRole('button', { name: verb })).toBeVisible();
  await asked.getByRole('button', { name: '取消' }).click();
});

it('looks until the ledger has taken each issue, and not for ever, from when one first waits', () => {
  const look = lookingAgain();
  const of = (state: string | null, dataUpdateCount: number) =>
    look({ state: { data: { issues: [{ state: '待下发' }, { state }] }, dataUpdateCount } });
  expect([look({ state: { dataUpdateCount: 0 } }), of(null, 1), of('待下发', 2)]).toEqual([false, 700, false]);
  // The page was open for long before the list was made.
  expect([of(null, 90), of(null, 129), of(null, 130)]).toEqual([700, 700, false]);
  expect([of('待下发', 131), of(null, 132)]).toEqual([false, 700]);
});
