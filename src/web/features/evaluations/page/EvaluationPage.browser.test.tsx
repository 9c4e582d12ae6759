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

const node = {
  ...{ code: 'C1', parent: null, title: '思政课', isLeaf: true, max: '2', answered: true, standing: 'answered' },
  ...{ self: '2', county: null, city: null, province: null, own: null, lacksEvidence: false, version: 1 },
  said: { self: null, county: null, city: null, province: null },
};
const leaf = {
  ...{ code: 'C1', title: '思政课', path: [], max: '2', conditions: {}, reasonRequired: [], version: 1, scores: [] },
  ...{ byData: null, valueByData: null, text: null, basis: null, evidenceAsked: null, responsible: null },
  ...{ origin: 'person', ofPanel: false, answer: null, facts: [], factsOn: null, trace: [], note: '' },
  ...{ objection: null, returnedReason: null, answeredBy: null, answeredAt: null, responsiblePerson: null },
  ...{ responsibleSection: null, province: [], layers: [], talk: null, remarks: [], lastFindings: [], earlier: [] },
  ...{ means: { county: null, city: null }, evidence: [] },
  can: { answer: false, object: false, evidence: true, score: false, talk: false, remark: false, enterProvince: true },
  indicator: { code: 'C1', parent: null, title: '思政课', points: 2, method: { kind: 'judgement', step: 0.5 } },
};

it.each([
  ['with the evidence', '添加材料', '新材料的名称'],
  ['of the leaf', '录入省级得分', '省里的文件'],
])('a dialog %s keeps what is typed while a phone is turned', async (_of, act, label) => {
  const judged = { ...evaluation, state: 'closed', side: 'city', nodes: [node], leaves: 1 };
  vi.stubGlobal('fetch', async (address: string) => Response.json(address.includes('/leaves/') ? leaf : judged));
  // The leaf that stands open beside the tree is not in the address.
  const screen = await draw(`/evaluations/${id}?part=leaves`);
  await screen.getByRole('button', { name: act }).click();
  const field = screen.getByRole('dialog').getByLabelText(label, { exact: true });
  await field.fill('闽政教督〔2026〕3 号');
  for (const [width, height] of [
    [800, 390],
    [390, 844],
    [800, 390],
    [1366, 768],
  ] as const) {
    await page.viewport(width, height);
    await expect.poll(() => innerWidth).toBe(width);
    await expect.element(field).toHaveValue('闽政教督〔2026〕3 号');
    await expect.poll(() => field.element().matches('dialog:modal *')).toBe(true);
    expect(document.activeElement).toBe(field.element());
  }
});
