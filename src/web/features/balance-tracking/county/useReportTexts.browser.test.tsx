import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { read } from '#contract/balance-tracking/tracks.ts';
import { queryClient, useRead } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { SelfReport } from './SelfReport.tsx';
import { TrackActs } from './TrackActs.tsx';
import type { Track } from './track-reply.ts';
import { useReportTexts } from './useReportTexts.ts';

const session = { person: { id: 'ann', name: '甲' }, post: null } as Partial<Session> as Session;

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  queryClient.clear();
});

const trackId = '01890000-0000-7000-8000-000000000001';

/** A server that keeps the texts of one report by its revision, as the real one does. */
function serve() {
  const report = {
    revision: 1,
    measures: '',
    conclusion: '',
    lacking: [],
    preparedBy: null,
    submittedBy: null,
    decision: null,
    round: 1,
  };
  const state = { prepared: false, sent: [] as string[], report };
  const answer = () => ({
    ...{
      id: trackId,
      earlierRounds: [],
      revision: 1,
      countyName: '鲤城区',
      year: 2025,
      ledger: { raised: 0, settled: 0 },
    },
    can: { fill: !state.prepared, prepare: !state.prepared },
    report: { ...report, ...(state.prepared ? { preparedBy: '王某', preparedAt: '2026-01-05T01:00:00Z' } : {}) },
  });
  const keep = (given: { revision: number; measures: string; conclusion: string }) => {
    if (given.revision !== report.revision) return false;
    Object.assign(report, { ...given, revision: report.revision + 1 });
    return true;
  };
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    const method = init.method ?? 'GET';
    if (method === 'GET') return Response.json(answer());
    const body = JSON.parse(String(init.body));
    state.sent.push(method);
    const given = method === 'PUT' ? body : body.texts;
    if (given && !keep(given)) {
      const last = { by: '王某', own: false, at: '2025-10-15T06:03:00Z', today: true };
      const refusal = { code: 'thing.changed', kind: 'conflict', message: '自评报告刚刚有改动', details: { last } };
      return Response.json(refusal, { status: 409 });
    }
    if (method === 'PUT') return Response.json({ revision: report.revision });
    state.prepared = true;
    return Response.json({ id: trackId, state: 'self-report-due', revision: 2 });
  });
  return { state, keep };
}

function Shown({ track }: { track: Track }) {
  const writing = useReportTexts(track);
  return (
    <>
      <TrackActs track={track} writing={writing} />
      <SelfReport track={track} writing={writing} />
    </>
  );
}

function Loaded() {
  const { data } = useRead(read, { params: { trackId } });
  return data ? <Shown track={data} /> : null;
}

async function stage() {
  const root = createRootRoute({
    component: () => (
      <QueryClientProvider client={queryClient}>
        <SessionProvider session={session}>
          <Link to={'/elsewhere' as string}>均衡跟踪</Link>
          <Outlet />
          <Questions />
        </SessionProvider>
      </QueryClientProvider>
    ),
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/', component: Loaded }),
      createRoute({ getParentRoute: () => root, path: '/elsewhere', component: () => <h1>别处</h1> }),
    ]),
  });
  return render(<RouterProvider router={router as never} />);
}

it('passes on what stands on the screen, the last words too', async () => {
  const { state } = serve();
  const screen = await stage();
  await screen.getByLabelText('自评结论').fill('送审前的最后一句');
  await screen.getByRole('button', { name: '送主任审核' }).click();
  await expect.element(screen.getByText('送审前的最后一句')).toBeVisible();
  await expect.element(screen.getByLabelText('自评结论')).not.toBeInTheDocument();
  expect(state).toMatchObject({ prepared: true, report: { conclusion: '送审前的最后一句' } });
});

it('asks before the page is left with words that are not kept', async () => {
  const { state } = serve();
  const screen = await stage();
  await screen.getByLabelText('自评结论').fill('还没有暂存');
  await screen.getByRole('link', { name: '均衡跟踪' }).click();
  await expect.element(screen.getByText(/自评报告有改动还没有暂存/)).toBeVisible();
  await screen.getByRole('button', { name: '取消' }).click();
  await screen.getByRole('button', { name: '暂存', exact: true }).click();
  await expect.element(screen.getByRole('status').first()).toHaveTextContent('已暂存');
  expect(state.report.conclusion).toBe('还没有暂存');
  await screen.getByRole('link', { name: '均衡跟踪' }).click();
  await expect.element(screen.getByRole('heading', { name: '别处' })).toBeVisible();
});

it('sends no more after a conflict, and lets the person keep the one text or the other', async () => {
  const { state, keep } = serve();
  const screen = await stage();
  const field = screen.getByLabelText('自评结论');
  await expect.element(field).toHaveValue('');
  keep({ revision: 1, measures: '', conclusion: '同事的结论' });
  await field.fill('我的结论');
  await expect.element(screen.getByRole('alert').getByText('同事的结论')).toBeVisible();
  await expect.element(screen.getByRole('alert').getByText(/^自评报告已由王某于 14:03 修改。/)).toBeVisible();
  // A letter more begins no pause: nothing goes out by itself any more.
  await field.fill('我的结论。');
  await expect.element(screen.getByRole('status').first()).toHaveTextContent('没有暂存');
  await screen.getByRole('button', { name: '用我的文字暂存' }).click();
  await expect.element(screen.getByRole('status').first()).toHaveTextContent('已暂存');
  expect(state).toMatchObject({ sent: ['PUT', 'PUT'], report: { conclusion: '我的结论。' } });
  await expect.element(field).toHaveValue('我的结论。');
});

it('goes up when the page is left all the same, and is offered again where it could not', async () => {
  const { state, keep } = serve();
  const screen = await stage();
  await screen.getByLabelText('自评结论').fill('离开前的最后一句');
  await screen.getByRole('link', { name: '均衡跟踪' }).click();
  await screen.getByRole('button', { name: '仍然离开' }).click();
  await expect.poll(() => state.report.conclusion).toBe('离开前的最后一句');
  await screen.unmount();
  queryClient.clear();

  const again = await stage();
  await expect.element(again.getByLabelText('自评结论')).toHaveValue('离开前的最后一句');
  expect(again.getByRole('button', { name: '接着写' }).elements()).toEqual([]);
  keep({ revision: 2, measures: '', conclusion: '同事的结论' });
  await again.getByLabelText('自评结论').fill('我的结论');
  await expect.element(again.getByRole('alert').getByText('同事的结论')).toBeVisible();
  await again.unmount();
  queryClient.clear();

  const later = await stage();
  await later.getByRole('button', { name: '接着写' }).click();
  await expect.element(later.getByLabelText('自评结论')).toHaveValue('我的结论');
});
