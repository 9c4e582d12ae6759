import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { LeafView } from './LeafView.tsx';
import { useScoreEdits } from './score-edits.ts';

const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' } as unknown as Evaluation;
const session = sessionOf('city');
const leaf = {
  code: 'C1',
  title: '思政课',
  path: [],
  max: '2',
  conditions: {},
  reasonRequired: [],
  version: 7,
  scores: [],
  byData: null,
  valueByData: null,
  ...{ text: null, basis: null, evidenceAsked: '课表', responsible: null, origin: 'person', ofPanel: false },
  ...{ answer: null, facts: [], factsOn: null, trace: [], note: '', objection: null, returnedReason: null },
  answeredBy: null,
  answeredAt: null,
  responsiblePerson: null,
  responsibleSection: null,
  province: [],
  layers: [],
  talk: null,
  remarks: [],
  ...{ lastFindings: [], earlier: [], means: { county: null, city: null }, evidence: [] },
  can: { answer: false, object: false, evidence: false, score: true, talk: false, remark: false, enterProvince: false },
  indicator: { code: 'C1', parent: null, title: '思政课', points: 2, method: { kind: 'judgement', step: 0.5 } },
};

function Shown() {
  const edits = useScoreEdits(evaluation);
  const rest = { mode: 'score', walk: { next: null, previous: null }, picking: undefined, proof: undefined } as const;
  return <LeafView evaluation={evaluation} code="C1" edits={edits} {...rest} onProof={() => undefined} />;
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
  const phone = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  expect(await evidenceFirst(phone)).toBe(true);
  await phone.unmount();
  await page.viewport(1366, 768);
  const desktop = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
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
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
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
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  await screen.getByRole('button', { name: '记录合议' }).click();
  const elements = screen.getByRole('list', { name: '各人认为缺的要素' });
  await expect.element(elements).toHaveTextContent('有规划年度分解 乙认为缺有检查');
});

it('a leaf shows how it is scored, what was found of it before, how it stood and stands elsewhere, and what the panel says', async () => {
  const finding = { title: '课时不足', state: '已销号', year: 2024, closedOn: '2025-06-30' };
  const known = {
    ...leaf,
    ...{ basis: '《教育督导条例》第十一条', responsible: '教育局', lastFindings: [finding] },
    earlier: [
      { year: 2024, points: '1.5', max: '2', mean: null },
      { year: 2021, points: '4', max: '5', mean: null },
      { year: 2018, points: '1', max: null, mean: null },
    ],
    means: { county: '1.6', city: '1.75' },
    remarks: [{ id: 'r', author: '乙', text: '请再核课表', at: '2026-11-30T01:00:00.000Z', own: false }],
    can: { ...leaf.can, score: false },
  };
  vi.stubGlobal('fetch', async () => Response.json(known));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  await expect.element(screen.getByText('佐证 课表', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('依据 《教育督导条例》第十一条')).toBeVisible();
  const before = screen.getByRole('region', { name: '以前的情况' });
  await expect.element(before.getByText('同县平均 1.6 · 全市平均 1.75')).toBeVisible();
  await expect.element(before.getByText('2024 年：课时不足（已销号，2025-06-30）')).toBeVisible();
  await expect.element(before.getByRole('row', { name: '2024 1.5 / 2 —' })).toBeVisible();
  await expect.element(before.getByRole('row', { name: '2021 4 / 5（分值不同） —' })).toBeVisible();
  await expect.element(before.getByRole('row', { name: '2018 1 —' })).toBeVisible();
  await expect.element(screen.getByRole('region', { name: '组内商量' })).toHaveTextContent('请再核课表');
});

it('a leaf that data fill shows each figure with its source, how the points came of them, and what is lacking', async () => {
  const fact = { yearsBack: 0, source: 'filing', certificate: '核准 3 号', reason: null, provisional: false };
  const filled = {
    ...{ ...leaf, origin: 'data', factsOn: '2026-11-01', can: { ...leaf.can, score: false } },
    facts: [
      { ...fact, name: '事实:教师数', value: '41' },
      { ...fact, name: '事实:学生数', value: null, source: null, certificate: null, reason: '数据填报没有批准' },
    ],
    layers: [{ layer: 'self', points: '1.5', answer: null, reason: null, settled: null, version: 1, hidden: false }],
  };
  vi.stubGlobal('fetch', async () => Response.json(filled));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  const part = screen.getByRole('region', { name: '数据', exact: true });
  await expect.element(part.getByText('2026-11-01 取数')).toBeVisible();
  await expect.element(part.getByRole('row', { name: '教师数 41 数据填报 · 核准 3 号' })).toBeVisible();
  await expect.element(part.getByRole('row', { name: /^学生数 .*数据填报没有批准/ })).toBeVisible();
  await expect.element(part.getByText('1.5 / 2 分')).toBeVisible();
});
