import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { FindingSource } from './FindingSource.tsx';

const id = '01890000-0000-7000-8000-000000000001';
const source = '洛江区 2025 学年均衡跟踪';

function draw(type: string, permissions: string[]) {
  const component = () => (
    <SessionProvider session={{ permissions } as unknown as Session}>
      <FindingSource finding={{ source, origin: { type, id } }} />
    </SessionProvider>
  );
  const router = createRouter({ routeTree: createRootRoute({ component }), history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

it('leads back to the year of tracking that raised the finding', async () => {
  const screen = await draw('balance-tracking', ['tracking.read']);
  await expect.element(screen.getByRole('link', { name: source })).toHaveAttribute('href', `/tracking/${id}`);
});

it.each([
  ['somebody who may not read it', 'balance-tracking', []],
  ['a finding that was entered', 'manual', ['tracking.read']],
])('is only named for %s', async (_, type, permissions) => {
  const screen = await draw(type, permissions);
  await expect.element(screen.getByText(source)).toBeVisible();
  expect(screen.getByRole('link').elements()).toEqual([]);
});
