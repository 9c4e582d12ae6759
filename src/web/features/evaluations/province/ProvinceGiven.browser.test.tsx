import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { LayerTotals } from '../page/LayerTotals.tsx';
import { ProvinceGiven } from './ProvinceGiven.tsx';
import type { ProvinceEntry } from './province.words.ts';

const session = sessionOf('city');
const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' };
const entry = {
  ...{ id: '01890000-0000-7000-8000-000000000002', points: '86', words: '良好', document: '闽政教督〔2026〕3 号' },
  ...{ on: '2026-10-20', reason: '抽查扣分', enteredBy: '吴福燕', enteredAt: '2026-10-21T02:00:00Z', replacedAt: null },
} satisfies ProvinceEntry;
const before = { ...entry, id: '01890000-0000-7000-8000-000000000003', points: '88.5', replacedAt: entry.enteredAt };

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const entered = () => Response.json({ id: entry.id });

function draw(entries: readonly ProvinceEntry[], mayEnter: boolean, city = '87', reply = entered) {
  const sent: Request[] = [];
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    if (init?.method === 'PUT') sent.push(new Request(new URL(address, location.href), init));
    return init?.method === 'PUT' ? reply() : Response.json({ rows: [], mayAttach: false });
  });
  const drawn = drawFramed(
    '/',
    { session, frame: plainFrame },
    <ProvinceGiven evaluation={evaluation} code="C1" entries={entries} city={city} mayEnter={mayEnter} />,
  );
  return { drawn, sent };
}

it('what the province gave stands with its document, how far it is from the city and why, and what stood before', async () => {
  const screen = await draw([entry, before], false).drawn;
  await expect.element(screen.getByText('86 良好')).toBeVisible();
  await expect.element(screen.getByText(/闽政教督〔2026〕3 号 · 2026-10-20/).first()).toBeVisible();
  await expect.element(screen.getByText('与市级相差 −1：抽查扣分')).toBeVisible();
  await expect.element(screen.getByText(/吴福燕：88.5 良好/)).toBeVisible();
  expect(screen.getByRole('button').elements()).toEqual([]);
});

it('what is missing is said at its field, and the figure of the city reads as elsewhere', async () => {
  const { drawn, sent } = draw([], true, '2852/33');
  const screen = await drawn;
  await screen.getByRole('button', { name: '录入省级得分' }).click();
  await expect.element(screen.getByLabelText('与市级（≈86.42）不同的，写明原因')).toBeVisible();
  await screen.getByRole('button', { name: '录入', exact: true }).click();
  for (const fault of ['请填写得分，或等级、结论', '请写明省里的文件', '请选择文件的日期']) {
    await expect.element(screen.getByText(new RegExp(fault)).first()).toBeVisible();
  }
  expect(sent).toEqual([]);
});

it('the office enters it with document and day, and sends what it has seen as standing', async () => {
  const { drawn, sent } = draw([entry], true);
  const screen = await drawn;
  await screen.getByRole('button', { name: '更正省级得分' }).click();
  await screen.getByLabelText('得分（文件没有写的不填）').fill('85.5');
  await screen.getByRole('button', { name: '更正', exact: true }).click();
  await expect.poll(() => sent.length).toBe(1);
  expect(await sent[0]!.json()).toMatchObject({
    code: 'C1',
    points: 85.5,
    words: '良好',
    replaces: entry.id,
    withdraws: false,
  });
});

it('a figure that does not fit is refused at its field until another is typed', async () => {
  const refusal = { code: 'evaluation.provinceUnfit', kind: 'input', message: '指标 C1：3 分超过满分 2 分' };
  const { drawn, sent } = draw([entry], true, '2', () => Response.json(refusal, { status: 400 }));
  const screen = await drawn;
  await screen.getByRole('button', { name: '更正省级得分' }).click();
  const points = screen.getByLabelText('得分（文件没有写的不填）');
  await points.fill('3');
  await screen.getByRole('button', { name: '更正', exact: true }).click();
  await expect.poll(() => sent.length).toBe(1);
  await expect.element(points).toHaveAccessibleDescription(/3 分超过满分 2 分/);
  await points.fill('2');
  await expect.element(points).not.toHaveAccessibleDescription(/超过满分/);
});

it('the head names every layer of the kind, and the words of the province where it gave no figure', async () => {
  const total = (layer: 'self' | 'county' | 'city' | 'province', given: string | null, unanswered = 0) => ({
    ...{ layer, total: given, from: null, to: null, unanswered },
  });
  const totals = [total('self', '92'), total('county', null, 65), total('city', '88.5'), total('province', null)];
  const shown = { totals, seen: 'whole', province: [{ ...entry, points: null }] } as unknown as Evaluation;
  const screen = await drawFramed('/', { session, frame: plainFrame }, <LayerTotals evaluation={shown} />);
  await expect.element(screen.getByText('自评 92县 —市 88.5省 良好')).toBeVisible();
});
