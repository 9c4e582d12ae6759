import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { previewArchiving } from '#contract/filings/periods.ts';
import type { RouteOutput } from '#contract/route.ts';
import { queryClient } from '#web/shared/call/queries.ts';
import { ArchiveYear } from './ArchiveYear.tsx';
import type { Period } from './PeriodDates.tsx';

beforeEach(() => queryClient.clear());
afterEach(() => vi.unstubAllGlobals());

async function draw(before: RouteOutput<typeof previewArchiving>) {
  vi.stubGlobal('fetch', async () => Response.json(before));
  const period = { id: 3, schoolYear: 2025 } as Partial<Period> as Period;
  return render(
    <QueryClientProvider client={queryClient}>
      <ArchiveYear period={period} onClose={() => undefined} />
    </QueryClientProvider>,
  );
}

const missing = {
  ...{ kind: 'balance-tracking.missing', title: '个县（市、区）没有开启均衡跟踪', count: 2, bars: false },
  ...{ names: ['丰泽区', '洛江区'], way: null },
};
const open = {
  ...{ kind: 'balance-tracking.open', title: '个县（市、区）的均衡跟踪没有办结', count: 1, bars: true },
  ...{ names: ['鲤城区'], way: '请先办结或取消' },
};

it('says what bars the archive and what stays as it is, by name, and offers it only when nothing bars it', async () => {
  const barred = await draw({ isOver: true, endsOn: '2026-08-31', unfinished: [open, missing] });
  const verb = () => barred.getByRole('button', { name: '归档学年' });
  await expect
    .element(barred.getByRole('alert'))
    .toHaveTextContent('1 个县（市、区）的均衡跟踪没有办结：鲤城区（请先办结或取消）');
  await expect.element(barred.getByRole('dialog')).toHaveTextContent('没有开启均衡跟踪：丰泽区、洛江区');
  await expect.element(verb()).toBeDisabled();
  await barred.unmount();
  queryClient.clear();

  const free = await draw({ isOver: true, endsOn: '2026-08-31', unfinished: [missing] });
  await expect.element(free.getByRole('button', { name: '归档学年' })).toBeEnabled();
  expect(free.getByRole('alert').elements()).toEqual([]);
});

it('says of a year that is not over when it ends', async () => {
  const screen = await draw({ isOver: false, endsOn: '2026-08-31', unfinished: [] });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('2025 学年到 2026-08-31 才结束，结束后方可归档。');
  await expect.element(screen.getByRole('button', { name: '归档学年' })).toBeDisabled();
});
