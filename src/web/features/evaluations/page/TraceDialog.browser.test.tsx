import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import type { Evaluation, TotalLine } from '../evaluation-reply.ts';
import { TraceDialog } from './TraceDialog.tsx';

const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' } as unknown as Evaluation;
const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = {
  ...{ role: { level: 'city' }, school: null, unit: null, counties: [], path: [] },
  ...{ person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;

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
    { session, frame },
    <QueryClientProvider client={queryClient}>
      <TraceDialog evaluation={evaluation} layers={['self']} at="self" onClose={() => {}} />
    </QueryClientProvider>,
  );
  await expect.element(screen.getByRole('cell', { name: '≈60.67' })).toBeVisible();
  await expect.element(screen.getByRole('cell', { name: '≈66.67' })).toBeVisible();
});
