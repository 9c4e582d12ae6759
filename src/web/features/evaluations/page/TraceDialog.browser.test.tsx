import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation, TotalLine } from '../evaluation-reply.ts';
import { TraceDialog } from './TraceDialog.tsx';

const evaluation = {
  id: '01890000-0000-7000-8000-000000000001',
  subjectName: '晋江市',
  nodes: [],
} as unknown as Evaluation;
const session = sessionOf('city');

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('rounds what a branch is worth as it rounds its points, and says so', async () => {
  const line = { code: 'A', title: '办学方向', points: '60.666667', max: '66.666667', steps: [], rounded: null };
  const lines = [line, { ...line, code: 'B', points: null, max: null }] as unknown as TotalLine[];
  const total = { layer: 'self', total: '60.666667', from: null, to: null, unanswered: 0 };
  vi.stubGlobal('fetch', async () => Response.json({ total, lines }));
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <TraceDialog evaluation={evaluation} layers={['self']} at="self" onClose={() => {}} />,
  );
  await expect.element(screen.getByRole('cell', { name: '≈60.67' })).toBeVisible();
  await expect.element(screen.getByRole('cell', { name: '≈66.67' })).toBeVisible();
});

it('numbers no root of machines alone, and indents what stands below', async () => {
  const node = (code: string, parent: string | null) => ({ code, parent });
  const nodes = [node('0', null), node('A1', '0'), node('B1', 'A1')];
  const line = { points: '1', max: '2', steps: [], rounded: null };
  const lines = ['0', 'A1', 'B1'].map((code) => ({ ...line, code, title: `指标${code}` }));
  const total = { layer: 'self', total: '1', from: null, to: null, unanswered: 0 };
  vi.stubGlobal('fetch', async () => Response.json({ total, lines }));
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <TraceDialog
      evaluation={{ ...evaluation, nodes } as unknown as Evaluation}
      layers={['self']}
      at="self"
      onClose={() => {}}
    />,
  );
  await expect.element(screen.getByText('指标0', { exact: true })).toBeVisible();
  const startOf = (text: string) =>
    screen.getByText(text).element().getBoundingClientRect().left +
    Number.parseFloat(getComputedStyle(screen.getByText(text).element()).paddingInlineStart);
  expect(startOf('B1 指标B1')).toBeGreaterThan(startOf('A1 指标A1'));
  expect(startOf('A1 指标A1')).toBeGreaterThan(startOf('指标0'));
});
