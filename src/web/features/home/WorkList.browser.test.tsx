import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { beforeAll, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { DeskWords, Overview } from '#web/shared/desk/desk.ts';
import { deskWords, provideDesks } from '#web/shared/desk/registry.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { DeadlineList } from './DeadlineList.tsx';
import { HandedOver, WorkList } from './WorkList.tsx';

/** The words of a feature that the product does not have. */
const words: DeskWords<'visits.unplanned'> = {
  stateMarks: { 'visits.unplanned': { shape: 'ring', tone: 'accent', word: '待安排' } },
  workWords: {
    'visits.plan': {
      state: 'visits.unplanned',
      mark: '待安排',
      of: '所学校的入校督导',
      waited: (days) => `最早 ${days} 天前提出`,
      verb: '去安排',
      link: { to: '/visits', search: { mark: 'unplanned' } },
      open: (subject) => ({ to: '/visits/$visitId', params: { visitId: subject } }),
    },
    'visits.urgent': {
      state: 'visits.unplanned',
      mark: '加急',
      of: '所',
      part: (number) => `其中加急 ${number} 所`,
      verb: '去安排',
      link: { to: '/visits', search: { mark: 'urgent' } },
    },
  },
  deadlineWords: {
    'visits.plan': { title: '计划到期', unit: '步', of: '个项目', link: () => ({ to: '/visits' }) },
    'visits.report': {
      title: '督导报告',
      unit: '份',
      link: (unit, year) => ({ to: '/visits', search: { unit, year } }),
    },
  },
};
beforeAll(async () => {
  provideDesks([{ name: 'visits', pages: [], words: async () => ({ words }) }]);
  await deskWords.load();
});

function draw({ work, next = null }: Pick<Overview, 'work'> & Partial<Pick<Overview, 'next'>>) {
  const routeTree = createRootRoute({ component: () => <WorkList work={work} next={next} /> });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

/** Deadlines as the city reads them. */
function drawDeadlines(deadlines: Parameters<typeof DeadlineList>[0]['deadlines']) {
  const city = { role: { level: 'city' }, school: null } as unknown as Session;
  const routeTree = createRootRoute({
    component: () => (
      <SessionProvider session={city}>
        <DeadlineList deadlines={deadlines} />
      </SessionProvider>
    ),
  });
  return render(<RouterProvider router={createRouter({ routeTree, history: createMemoryHistory() }) as never} />);
}
const count = { kind: 'visits.plan', count: 3, oldestDays: 2, subject: null };
const line = { ...count, parts: [] };

it('a day of one unit leads to its list, in the year in which it is counted', async () => {
  const deadline = { kind: 'visits.report', unitId: 5, name: '洛江', date: '2025-12-17', daysLeft: 17, outstanding: 1 };
  const screen = await drawDeadlines([{ ...deadline, basis: null, schoolYear: 2024 }]);
  await expect.element(screen.getByRole('link', { name: '洛江' })).toHaveAttribute('href', '/visits?unit=5&year=2024');
});

it('lines of one day are counted by what they are, and not as units', async () => {
  const deadline = { kind: 'visits.plan', unitId: null, date: '2025-12-17', daysLeft: 17, outstanding: 1 };
  const deadlines = ['对县督导：自评', '素质教育：自评'].map((name) => ({
    ...{ ...deadline, name, basis: null, schoolYear: null },
  }));
  const screen = await drawDeadlines(deadlines);
  await expect.element(screen.getByText('2 个项目')).toBeVisible();
});

describe('what waits for a person', () => {
  it('reads as its feature words it, and opens the list that it counts', async () => {
    const screen = await draw({ work: [line] });
    const link = screen.getByRole('link', { name: '待安排 3 所学校的入校督导 最早 2 天前提出 去安排' });
    await expect.element(link).toHaveAttribute('href', '/visits?mark=unplanned');
  });

  it('opens the one thing where there is just one', async () => {
    const screen = await draw({ work: [{ ...line, subject: 'v-7' }] });
    await expect.element(screen.getByRole('link')).toHaveAttribute('href', '/visits/v-7');
  });

  it('says of some of them what is special within the one line, and opens those alone', async () => {
    const urgent = { kind: 'visits.urgent', count: 1, oldestDays: 2, subject: null };
    const screen = await draw({ work: [{ ...line, parts: [urgent] }] });
    await expect
      .element(screen.getByRole('link', { name: '其中加急 1 所' }))
      .toHaveAttribute('href', '/visits?mark=urgent');
    expect(screen.getByRole('listitem').elements()).toHaveLength(1);
    expect(screen.getByText('加急', { exact: true }).elements()).toEqual([]);
  });

  it('says so where this tab is older than the server and does not know a kind', async () => {
    const screen = await draw({ work: [line, { ...line, kind: 'letters.sign' }] });
    await expect.element(screen.getByText('另有 1 类新的事项，请刷新页面后查看。')).toBeVisible();
    expect(screen.getByRole('link').elements()).toHaveLength(1);
  });

  it('reads what was handed over in the words of its feature, and opens it', async () => {
    const routeTree = createRootRoute({ component: () => <HandedOver lines={[{ ...count, subject: 'v-7' }]} /> });
    const router = createRouter({ routeTree, history: createMemoryHistory() });
    const screen = await render(<RouterProvider router={router as never} />);
    const link = screen.getByRole('link', { name: '待安排 3 所学校的入校督导 最早 2 天前提出 去安排' });
    await expect.element(link).toHaveAttribute('href', '/visits/v-7');
  });

  it('shows that nothing waits, with the next step', async () => {
    const screen = await draw({ work: [], next: { kind: 'visits.report', name: '丰泽区', date: '2026-12-01' } });
    await expect
      .element(screen.getByText('目前没有需要您处理的事项。下一项是丰泽区的督导报告，2026-12-01。'))
      .toBeVisible();
  });
});
