import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import PeriodList from './PeriodList.tsx';

const session = sessionOf('city', ['period.manage']);
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
  const screen = await drawFramed('/', { session, frame: plainFrame }, <PeriodList />);
  const close = screen.getByRole('button', { name: '结束' });
  await expect.element(close).toBeVisible();
  expect(close.element().closest('td')!.className).toBe('screen-only');
  expect(screen.getByRole('columnheader', { name: '办理' }).element().className).toBe('screen-only');
  expect(screen.getByText('2026 学年').element().closest('td')!.className).toBe('');
});
