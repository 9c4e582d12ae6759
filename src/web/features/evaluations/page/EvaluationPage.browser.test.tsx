import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { contextSearch, type Frame, FrameProvider } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import EvaluationPage from './EvaluationPage.tsx';

const id = '01890000-0000-7000-8000-000000000001';
const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = {
  ...{ role: { level: 'county' }, school: null, unit: null, counties: [], path: [] },
  ...{ permissions: [], person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;
const edition = {
  ...{ key: 'county-inspection-sample', revision: 1, title: '测评体系', hash: '78c68e8b0a7c9718fcbab479' },
  ...{ authority: 'sample', completedBy: '泉州市' },
};
const evaluation = {
  ...{ id, title: '履行教育职责督导', subjectName: '晋江市', kind: 'county-inspection', edition, nodes: [], steps: [] },
  ...{ state: 'selfEvaluation', side: 'subject', self: 'open', statementDue: null, due: null, total: null, leaves: 0 },
  ...{ toScore: 0, scored: 0, seen: 'all', totals: [], province: [], lastFindings: [], obstacles: [], can: {} },
};

/** The page at its address, as the desk draws it. */
function draw(address: string) {
  const root = createRootRoute({
    validateSearch: contextSearch,
    component: () => (
      <SessionProvider session={session}>
        <FrameProvider frame={frame}>
          <QueryClientProvider client={queryClient}>
            <Outlet />
          </QueryClientProvider>
        </FrameProvider>
      </SessionProvider>
    ),
  });
  const desk = createRoute({ id: 'desk', getParentRoute: () => root });
  const own = createRoute({
    ...{ path: '/evaluations/$evaluationId', getParentRoute: () => desk },
    component: EvaluationPage,
  });
  const router = createRouter({
    routeTree: root.addChildren([desk.addChildren([own])]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  return render(<RouterProvider router={router as never} />);
}

afterEach(async () => {
  vi.unstubAllGlobals();
  queryClient.clear();
  await page.viewport(1366, 768);
});

it('an open leaf has the screen of a phone, with the mark of its edition there and on paper', async () => {
  await page.viewport(390, 844);
  vi.stubGlobal('fetch', async () => Response.json(evaluation));
  const screen = await draw(`/evaluations/${id}?node=C1`);
  await expect.element(screen.getByRole('heading', { name: '晋江市', exact: true })).toBeVisible();
  await expect.element(screen.getByText('测评体系（样本，非官方文本，由泉州市补全）', { exact: true })).toBeVisible();
  expect(document.body.textContent).toContain(
    '履行教育职责督导 · 晋江市 · 测评体系（样本，非官方文本，由泉州市补全） · 校验码 78c68e8b0a7c9718',
  );
  expect(screen.getByRole('tablist').elements()).toEqual([]);
});
