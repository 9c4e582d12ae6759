import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { queryClient } from '#web/shared/call/queries.ts';
import { OwnData } from './OwnData.tsx';

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

async function draw(phone: string | null) {
  vi.stubGlobal('fetch', async () => Response.json({ phone, revision: 1 }));
  const routeTree = createRootRoute({
    component: () => (
      <QueryClientProvider client={queryClient}>
        <OwnData />
      </QueryClientProvider>
    ),
  });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

it('corrects a telephone only once another one is written', async () => {
  const screen = await draw('0595-22000000');
  const correct = screen.getByRole('button', { name: '更正电话' });
  await expect.element(correct).toBeDisabled();
  await screen.getByRole('textbox', { name: '电话' }).fill('0595-22000001');
  await expect.element(correct).toBeEnabled();
});

it('calls a first telephone an entry and no correction', async () => {
  const screen = await draw(null);
  await expect.element(screen.getByRole('button', { name: '登记电话' })).toBeDisabled();
});
