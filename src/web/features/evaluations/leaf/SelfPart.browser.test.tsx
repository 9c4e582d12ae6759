import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { leaf as leafRoute } from '#contract/evaluations/evaluations.ts';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient, useRead } from '#web/shared/call/queries.ts';
import { SavingState } from '#web/shared/drafts/SavingState.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import { useAnswerDrafts } from './answer-drafts.ts';
import { SelfPart } from './SelfPart.tsx';

/** Each test has an evaluation of its own: the sender of a person remembers which versions it has seen. */
let made = 0;
let evaluationId = '';
const session = sessionOf('county');

interface Stored {
  answer: object | null;
  note: string;
  version: number;
}

/** A server that keeps one leaf by its version, as the real one does. */
function serve(stored: Stored) {
  const sent: Stored[] = [];
  const state = { stored, sent };
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if ((init.method ?? 'GET') === 'GET') return Response.json(leafOf(state.stored));
    const body = JSON.parse(String(init.body)) as Stored;
    sent.push(body);
    if (body.version !== state.stored.version) {
      const { version, ...theirs } = state.stored;
      const details = { code: 'C1', version, theirs, by: '乙', at: '2026-11-30T02:00:00Z' };
      const refusal = { code: 'evaluation.leafOvertaken', kind: 'conflict', message: '乙先保存了 C1', details };
      return Response.json(refusal, { status: 409 });
    }
    state.stored = { answer: body.answer, note: body.note, version: body.version + 1 };
    return Response.json({
      code: 'C1',
      version: state.stored.version,
      points: '1.6',
      totals: [],
      answered: 1,
      scored: 0,
    });
  });
  return state;
}

const leafOf = ({ answer, note, version }: Stored) => ({
  ...{
    code: 'C1',
    title: '思政课',
    max: '2',
    conditions: {},
    reasonRequired: [],
    answer,
    note,
    version,
    answeredBy: null,
    answeredAt: null,
  },
  indicator: {
    ...{ code: 'C1', parent: null, title: '思政课', points: 2 },
    method: {
      kind: 'ladder',
      levels: [
        { level: 'A', share: 1 },
        { level: 'B', share: 0.8 },
        { level: 'C', share: 0.6 },
      ],
    },
  },
  layers: [],
});

function Shown() {
  const { data } = useRead(leafRoute, { params: { evaluationId, code: 'C1' } });
  const drafts = useAnswerDrafts();
  return (
    <>
      <SavingState of={drafts} />
      {data && <SelfPart evaluation={{ id: evaluationId } as unknown as Evaluation} leaf={data} />}
    </>
  );
}

const draw = () => drawFramed('/', { session, frame: plainFrame }, <Shown />);

beforeEach(() => {
  localStorage.clear();
  made += 1;
  evaluationId = `01890000-0000-7000-8000-00000000000${made}`;
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('saves what is chosen by itself, says so, and shows what it comes to', async () => {
  const server = serve({ answer: null, note: '', version: 0 });
  const screen = await draw();
  await expect.element(screen.getByText('还没有作答')).toBeVisible();
  for (const level of await screen.getByRole('radio').all()) expect(level.element()).not.toBeChecked();
  await screen.getByRole('radio', { name: /B/ }).click();
  await expect.element(screen.getByText('1.6 / 2 分')).toBeVisible();
  await expect.element(screen.getByText(/已保存/)).toBeVisible();
  expect(server.sent).toEqual([{ version: 0, answer: { level: 'B' }, note: '' }]);
  expect(server.stored.version).toBe(1);
});

it('shows both values where somebody was quicker, and keeps one’s own on demand', async () => {
  const server = serve({ answer: { level: 'A' }, note: '', version: 1 });
  const screen = await draw();
  await expect.element(screen.getByRole('radio', { name: /A/ })).toBeChecked();
  server.stored = { answer: { level: 'C' }, note: '缺一校', version: 2 };
  await screen.getByRole('radio', { name: /B/ }).click();
  await expect.element(screen.getByText('乙先保存了 C1')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '用乙的：C；缺一校' })).toBeVisible();
  await screen.getByRole('button', { name: '用我的：B' }).click();
  await expect.poll(() => server.stored, { timeout: 10_000 }).toEqual({ answer: { level: 'B' }, note: '', version: 3 });
});

it('keeps a note at each key, and sends it when the field is left', async () => {
  const server = serve({ answer: { level: 'A' }, note: '', version: 1 });
  const screen = await draw();
  await screen.getByLabelText('自评说明').fill('材料见目录');
  expect(Object.values(localStorage).join()).toContain('材料见目录');
  await userEvent.tab();
  // Changes of one leaf are sent at most once a second.
  const stored = { answer: { level: 'A' }, note: '材料见目录', version: 2 };
  await expect.poll(() => server.stored, { timeout: 10_000 }).toEqual(stored);
});
