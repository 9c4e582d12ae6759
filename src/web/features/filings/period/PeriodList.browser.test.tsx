import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import PeriodList from './PeriodList.tsx';

const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = {
  ...{ role: { level: 'city' }, school: null, unit: null, counties: [], path: [] },
  ...{ permissions: ['period.manage'], person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;
const period = {
  ...{ id: 3, schoolYear: 2026, name: '2026 学年', edition: '2026', state: 'open', passedOver: false },
  ...{ archivedOn: null, archivedBy: null, opensOn: '2026-09-01', deadline: '2026-12-10', graceDays: 0 },
  ...{ cityDeadline: '2026-12-31', daysLeft: 10, cityDaysLeft: 31 },
};

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('the periods stand on paper without the column of what can be done with them', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ periods: [period], current: 2026 }));
  const screen = await drawFramed(
    '/',
    { session, frame },
    <QueryClientProvider client={queryClient}>
      <PeriodList />
    </QueryClientProvider>,
  );
  const close = screen.getByRole('button', { name: '结束' });
  await expect.element(close).toBeVisible();
  expect(close.element().closest('td')!.className).toBe('screen-only');
  expect(screen.getByRole('columnheader', { name: '办理' }).element().className).toBe('screen-only');
  expect(screen.getByText('2026 学年').element().closest('td')!.className).toBe('');
});
