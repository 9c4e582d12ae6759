import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Toasts } from '#web/shared/kit/feedback/Toasts.tsx';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { OwnScore } from './OwnScore.tsx';
import { useScoreEdits } from './score-edits.ts';

const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' } as unknown as Evaluation;
const session = sessionOf('city');

const leafOf = (method: object, scores: object[] = [], byData: string | null = null) =>
  ({
    code: 'C1',
    title: '思政课',
    max: '2',
    conditions: {},
    reasonRequired: [],
    version: 7,
    scores,
    byData,
    valueByData: null,
    indicator: { code: 'C1', parent: null, title: '思政课', points: 2, method },
  }) as unknown as Leaf;
const ladder = {
  kind: 'ladder',
  levels: [
    { level: 'A', share: 1 },
    { level: 'B', share: 0.8 },
  ],
};
const judged = { kind: 'judgement', step: 0.5, reasonBelow: 0.6 };

function Shown({ leaf, onNext }: { leaf: Leaf; onNext: () => void }) {
  const edits = useScoreEdits(evaluation);
  return (
    <>
      <OwnScore evaluation={evaluation} leaf={leaf} edits={edits} walk={{ next: onNext, previous: null }}>
        <p>其他</p>
      </OwnScore>
      <Toasts />
    </>
  );
}

/** What the server was sent; its answers are taken one after the other. */
function serve(...answers: Response[]) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if (init.method !== 'PUT') return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    return answers.shift() ?? Response.json(written);
  });
  return sent;
}
const written = { code: 'C1', version: 1, points: '1.6', totals: [], answered: 1, scored: 1 };

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('has no verdict beforehand; a number key chooses, Enter saves and goes on', async () => {
  const sent = serve();
  const next = vi.fn();
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown leaf={leafOf(ladder)} onNext={next} />);
  for (const level of await screen.getByRole('radio').all()) expect(level.element()).not.toBeChecked();
  await expect.element(screen.getByRole('button', { name: '保存，下一项' })).toBeDisabled();
  await userEvent.keyboard('{Enter}');
  expect(sent).toEqual([]);
  await userEvent.keyboard('2');
  await expect.element(screen.getByRole('radio', { name: /B/ })).toBeChecked();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sent).toEqual([{ version: 0, leafVersion: 7, answer: { level: 'B' }, reason: '' }]);
  await expect.poll(() => next.mock.calls.length).toBe(1);
});

it('takes what the data give at a press, and a figure of one’s own in its place', async () => {
  const sent = serve();
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <Shown leaf={leafOf(ladder, [], '1.6')} onNext={() => {}} />,
  );
  await expect.element(screen.getByRole('button', { name: '保存，下一项' })).toBeDisabled();
  await screen.getByRole('button', { name: '按数据评：1.6 分' }).click();
  await expect.element(screen.getByText('按数据评 1.6 分，保存后生效')).toBeVisible();
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.poll(() => sent).toEqual([{ version: 0, leafVersion: 7, answer: null, reason: '' }]);
  await screen.getByRole('button', { name: '按数据评：1.6 分' }).click();
  await screen.getByRole('radio', { name: /A/ }).click();
  await expect
    .element(screen.getByRole('button', { name: '按数据评：1.6 分' }))
    .toHaveAttribute('aria-pressed', 'false');
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.poll(() => sent.at(-1)).toEqual({ version: 0, leafVersion: 7, answer: { level: 'A' }, reason: '' });
});

it('takes the value that data measure where its points wait for the other subjects', async () => {
  const sent = serve();
  const ranked = { kind: 'relative', better: 'high', rule: 'rank', points: [2, 1], beyond: 'last', ties: 'best' };
  const leaf = { ...leafOf(ranked), valueByData: '0.95' } as Leaf;
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown leaf={leaf} onNext={() => {}} />);
  await screen.getByRole('button', { name: '按数据评：数值 0.95，各对象齐全后按名次计分' }).click();
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.poll(() => sent).toEqual([{ version: 0, leafVersion: 7, answer: null, reason: '' }]);
});

it('asks for the reason before it sends points below the line', async () => {
  const sent = serve();
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <Shown leaf={leafOf(judged)} onNext={() => {}} />,
  );
  await expect.element(screen.getByLabelText('理由（低于 1.2 分须写）')).toBeVisible();
  await screen.getByLabelText('得分').fill('1');
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.element(screen.getByText('低于 1.2 分，请写明理由后保存')).toBeVisible();
  expect(sent).toEqual([]);
  await screen.getByLabelText('理由（低于 1.2 分须写）').fill('缺会议记录');
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.poll(() => sent).toEqual([{ version: 0, leafVersion: 7, answer: { points: 1 }, reason: '缺会议记录' }]);
});

it('shows both scores where another window was quicker, and sends one’s own under its version', async () => {
  const details = {
    ...{ code: 'C1', version: 3, by: '甲', at: '2026-11-30T02:00:00Z' },
    theirs: { answer: { level: 'A' }, points: '2', reason: '' },
  };
  const refusal = { code: 'evaluation.scoreOvertaken', kind: 'conflict', message: '这一项已另有评分', details };
  const sent = serve(Response.json(refusal, { status: 409 }));
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <Shown leaf={leafOf(ladder)} onNext={() => {}} />,
  );
  await screen.getByRole('radio', { name: /B/ }).click();
  await screen.getByRole('button', { name: '保存，下一项' }).click();
  await expect.element(screen.getByText('这一项已另有评分')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '用甲的：A' })).toBeVisible();
  await screen.getByRole('button', { name: '用我的：B' }).click();
  await expect.poll(() => sent.length).toBe(2);
  expect(sent[1]).toMatchObject({ version: 3, answer: { level: 'B' } });
});
