import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { Entrance } from './Entrance.tsx';

it('speaks of a forgotten password to a person who is not signed in yet, and offers the way out to one who is', async () => {
  const outside = await render(<Entrance title="登录">表</Entrance>);
  await expect.element(outside.getByText(/忘记密码/)).toBeVisible();
  expect(outside.getByRole('button').elements()).toEqual([]);
  await outside.unmount();
  const routeTree = createRootRoute({
    component: () => (
      <Entrance title="选择岗位" inside="ann">
        表
      </Entrance>
    ),
  });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  const inside = await render(<RouterProvider router={router as never} />);
  await expect.element(inside.getByRole('button', { name: '退出登录' })).toBeVisible();
  expect(inside.getByText(/忘记密码/).elements()).toEqual([]);
});
