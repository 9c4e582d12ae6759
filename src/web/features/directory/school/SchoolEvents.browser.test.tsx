import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import type { History } from '../directory.words.ts';
import { MergedSchools, SchoolEvents } from './SchoolEvents.tsx';

const merger: History['events'][number] = {
  id: '01890000-0000-7000-8000-000000000001',
  kind: 'merged',
  day: '2026-02-01',
  document: null,
  note: null,
  others: [{ id: 7, code: '2135990107', name: '霞园小学', part: 'absorbed' }],
  changes: [],
  recordedBy: null,
};
const history: History = { versions: [], events: [merger] };

afterEach(() => vi.unstubAllGlobals());

const asked = vi.fn();

function draw(guest: { status: string; can: { reopen: boolean } }, permissions = ['directory.manage']) {
  asked.mockReset().mockImplementation(async () => Response.json({ id: 7, ...guest }));
  vi.stubGlobal('fetch', asked);
  const component = () => (
    <SessionProvider session={{ permissions } as unknown as Session}>
      <QueryClientProvider client={new QueryClient()}>
        <MergedSchools history={history} />
        <SchoolEvents history={history} />
      </QueryClientProvider>
    </SessionProvider>
  );
  const router = createRouter({ routeTree: createRootRoute({ component }), history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

it('a school names what went into it, and where the merger is taken back', async () => {
  const screen = await draw({ status: 'merged', can: { reopen: true } });
  await expect.element(screen.getByText('霞园小学 已并入本校，可在该校页面撤回合并。')).toBeVisible();
  await expect.element(screen.getByText('合并：霞园小学 并入本校，可在该校页面撤回合并')).toBeVisible();
  const links = screen.getByRole('link', { name: '霞园小学' }).elements();
  expect(links.map((link) => link.getAttribute('href'))).toEqual(Array(2).fill('/directory/schools/7'));
});

it.each([
  ['does not stand any more', { status: 'open', can: { reopen: false } }],
  ['may not be taken back by this person', { status: 'merged', can: { reopen: false } }],
])('a merger that %s is only told', async (_, guest) => {
  const screen = await draw(guest);
  await expect.element(screen.getByText('合并：霞园小学 并入本校')).toBeVisible();
  expect(screen.container.textContent).not.toContain('撤回');
});

it('whoever does not manage schools is told of the merger and asks nothing about the school that is gone', async () => {
  const screen = await draw({ status: 'merged', can: { reopen: true } }, ['directory.read']);
  await expect.element(screen.getByText('合并：霞园小学 并入本校')).toBeVisible();
  expect(screen.container.textContent).not.toContain('撤回');
  expect(asked).not.toHaveBeenCalled();
});
