import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Campaign } from '../campaign-reply.ts';
import { SlopeSection } from './SlopeSection.tsx';

const campaign = { id: '01890000-0000-7000-8000-000000000001', title: '2026 年评估' } as unknown as Campaign;
const session = sessionOf('city');

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('words a difference as the page of an evaluation does, a fall with a minus', async () => {
  const row = (name: string, from: string, to: string) => ({
    ...{ evaluationId: name, name, from, to, both: { from, to, max: '100', leaves: 65 } },
  });
  const rows = [
    row('鲤城区', '90', '88'),
    row('晋江市', '95', '269/3'),
    row('石狮市', '80', '80.5'),
    row('南安市', '7', '7'),
  ];
  vi.stubGlobal('fetch', async () => Response.json({ max: '100', rows }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <SlopeSection campaign={campaign} />);
  await screen.getByText('逐个对象的自评和评定（4 个）').click();
  for (const [name, difference] of [
    ['鲤城区', '−2'],
    ['晋江市', '−5.33'],
    ['石狮市', '+0.5'],
    ['南安市', '0'],
  ] as const) {
    const line = screen.getByRole('row', { name });
    await expect.element(line.getByRole('cell', { name: difference, exact: true })).toBeVisible();
  }
});
