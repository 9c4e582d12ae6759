import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import { LeafView } from './LeafView.tsx';
import { useScoreEdits } from './score-edits.ts';

const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' } as unknown as Evaluation;
const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = {
  ...{ role: { level: 'city' }, school: null, unit: null, counties: [], path: [] },
  ...{ person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;
const leaf = {
  ...{
    code: 'C1',
    title: '思政课',
    path: [],
    max: '2',
    conditions: {},
    reasonRequired: [],
    version: 7,
    scores: [],
    byData: null,
  },
  ...{ text: null, basis: null, evidenceAsked: '课表', responsible: null, origin: 'person', ofPanel: false },
  ...{ answer: null, facts: [], factsOn: null, trace: [], note: '', objection: null, returnedReason: null },
  ...{
    answeredBy: null,
    answeredAt: null,
    responsiblePerson: null,
    responsibleSection: null,
    province: [],
    layers: [],
    talk: null,
    remarks: [],
  },
  ...{ lastFindings: [], earlier: [], means: { county: null, city: null }, evidence: [] },
  can: { answer: false, object: false, evidence: false, score: true, talk: false, remark: false, enterProvince: false },
  indicator: { code: 'C1', parent: null, title: '思政课', points: 2, method: { kind: 'judgement', step: 0.5 } },
};

function Shown() {
  const edits = useScoreEdits(evaluation);
  const rest = { mode: 'score', walk: { next: null, previous: null }, picking: undefined, proof: undefined } as const;
  return (
    <QueryClientProvider client={queryClient}>
      <LeafView evaluation={evaluation} code="C1" edits={edits} {...rest} onProof={() => undefined} />
    </QueryClientProvider>
  );
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', async () => Response.json(leaf));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  queryClient.clear();
  await page.viewport(1366, 768);
});

/** Whether the evidence stands before the own score, as it is read from the top. */
async function evidenceFirst(screen: Awaited<ReturnType<typeof drawFramed>>): Promise<boolean> {
  const evidence = screen.getByRole('complementary', { name: '证据材料' });
  await expect.element(evidence).toBeVisible();
  const own = screen.getByRole('region', { name: '我的评分' }).element();
  return Boolean(evidence.element().compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING);
}

it('in one column whoever scores meets the evidence before the score, and beside it where there is room', async () => {
  await page.viewport(390, 844);
  const phone = await drawFramed('/', { session, frame }, <Shown />);
  expect(await evidenceFirst(phone)).toBe(true);
  await phone.unmount();
  await page.viewport(1366, 768);
  const desktop = await drawFramed('/', { session, frame }, <Shown />);
  expect(await evidenceFirst(desktop)).toBe(false);
});

it('a talk asks beside its minutes for the reason that the subject reads', async () => {
  const sent: unknown[] = [];
  const talk = {
    ...{ layer: 'city', spread: '1.5', openedAt: '2026-11-30T01:00:00.000Z', minutes: null, points: null },
    ...{ answer: null, settledBy: null, settledAt: null },
  };
  const talked = { ...leaf, talk, can: { ...leaf.can, score: false, talk: true } };
  vi.stubGlobal('fetch', async (_address: unknown, init?: RequestInit) => {
    if (init?.method === 'POST') {
      sent.push(JSON.parse(String(init.body)));
      return new Promise(() => undefined);
    }
    return Response.json(talked);
  });
  const screen = await drawFramed('/', { session, frame }, <Shown />);
  await screen.getByRole('button', { name: '记录合议' }).click();
  await screen.getByLabelText('合议情况').fill('甲认为两次缺课，乙认为一次');
  await screen.getByRole('textbox', { name: '得分' }).fill('1.5');
  await screen.getByRole('button', { name: '写定评分' }).click();
  await expect.element(screen.getByText('请写明给被评单位看的理由')).toBeVisible();
  expect(sent).toEqual([]);
  await screen.getByLabelText('给被评单位的理由').fill('课表缺一次思政课');
  await screen.getByRole('button', { name: '写定评分' }).click();
  const answer = { points: 1.5 };
  await expect
    .poll(() => sent)
    .toEqual([{ version: 0, minutes: '甲认为两次缺课，乙认为一次', reason: '课表缺一次思政课', answer }]);
});

it('a talk shows beside each element who holds it missing', async () => {
  const talk = {
    ...{ layer: 'city', spread: '0.5', openedAt: '2026-11-30T01:00:00.000Z', minutes: null, points: null },
    ...{ answer: null, settledBy: null, settledAt: null },
  };
  const score = { layer: 'city', own: false, points: '2', adopted: false, reason: '', givenAt: talk.openedAt };
  const method = {
    kind: 'elements',
    cost: 0.5,
    elements: [{ text: '有规划' }, { text: '年度分解' }, { text: '有检查' }],
  };
  const talked = {
    ...{ ...leaf, talk, indicator: { ...leaf.indicator, method } },
    can: { ...leaf.can, score: false, talk: true },
    scores: [
      { ...score, id: 'a', reviewer: '甲', answer: { missing: [] }, voidedAt: null, voidReason: null },
      { ...score, id: 'b', reviewer: '乙', answer: { missing: [2] }, voidedAt: null, voidReason: null },
      { ...score, id: 'c', reviewer: '丙', answer: { missing: [3] }, voidedAt: talk.openedAt, voidReason: null },
    ],
  };
  vi.stubGlobal('fetch', async () => Response.json(talked));
  const screen = await drawFramed('/', { session, frame }, <Shown />);
  await screen.getByRole('button', { name: '记录合议' }).click();
  const elements = screen.getByRole('list', { name: '各人认为缺的要素' });
  await expect.element(elements).toHaveTextContent('有规划年度分解 乙认为缺有检查');
});
